import Revisions
import Testing

@testable import Scripts

@Suite struct RevisionHeaderTests {
    private func header(_ text: String) -> RevisionHeader { RevisionHeader(of: text.utf8.span) }

    @Test(arguments: [
        "-- Add a\n-- Revision ID: a1\n-- Revises: b2, c3\n-- migrate:up\n",
        "\u{FEFF}-- Add a\r\n--\r\n-- revision id:   a1  \r\n--REVISES: b2 c3\r\n\r\n-- migrate:up\r\n",
        "-- Add a\n--\u{A0}Revision ID:\u{3000}a1\u{A0}\n\u{A0}--\u{2003}Revises: b2,\tc3\u{A0}\n",
        "\n\n--Add a\n\n-- Create Date: 2026-11-21 03:00:00+00:00\n-- Revision ID:a1\n-- Revises: b2,c3\nSELECT 1;\n",
    ])
    func `a header is found in every way people write it`(text: String) {
        let header = header(text)
        #expect(header.id == "a1")
        #expect(header.parents == ["b2", "c3"])
        #expect(header.title == "Add a")
    }

    @Test(arguments: ["", "None", "<base>", "base", "   "])
    func `a root names no parent`(word: String) {
        #expect(header("-- Revision ID: a\n-- Revises: \(word)\n").parents == [])
    }

    @Test(arguments: [
        "SELECT 1;\n-- Revision ID: a\n", "-- migrate:up\n-- Revision ID: a\n", "/* Revision ID: a */", "",
        "-- just words: and a colon\nCREATE TABLE a ();", "- Revision ID: a",
    ])
    func `what stands elsewhere is no header`(text: String) {
        #expect(!header(text).isPresent)
    }

    @Test func `labels and dependencies are lists`() {
        let header = header("-- Revision ID: a\n-- Branch Labels: x, y\n-- Depends On: d1 d2\n")
        #expect(header.labels == ["x", "y"])
        #expect(header.dependencies == ["d1", "d2"])
    }
}
