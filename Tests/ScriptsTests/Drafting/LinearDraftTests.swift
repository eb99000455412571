import Revisions
import TestSupport
import Testing

@testable import Scripts

/// Files without headers.
@Suite struct LinearDraftTests {
    private func refusal(
        in sources: SourceFiles,
        _ change: (inout RevisionRequest) throws -> Void
    ) -> String {
        let error = #expect(throws: DraftError.self) { try draft(in: sources, change) }
        #expect(error?.fault == .request)
        return error?.description ?? ""
    }

    @Test func `dbmate's directory gets the next time, markers, and no header`() throws {
        let up = "-- migrate:up\n-- migrate:down\n"
        let draft = try draft(in: sources(["20250101000000_a.sql": up]))
        #expect(draft.names == ["20261121030000_add_users.sql"])
        #expect(
            draft.revision
                == Revision(id: "20261121030000", parents: ["20250101000000"], file: draft.paths[0])
        )
        #expect(draft.text == "-- Add users\n\n-- migrate:up\n\n\n-- migrate:down\n\n")
    }

    @Test func `numbered files without markers get one without, which another tool runs as well`() throws {
        let draft = try draft(in: sources(["0010_a.sql": "SELECT 1;", "0011_b.sql": "SELECT 2;"]))
        #expect(draft.names == ["0012_add_users.sql"])
        #expect(draft.text == "-- Add users\n\n")
    }

    @Test func `pairs stay pairs`() throws {
        let draft = try draft(
            in: sources(["000001_a.up.sql": "", "000001_a.down.sql": "", "000002_b.up.sql": ""])
        )
        #expect(draft.names == ["000003_add_users.up.sql", "000003_add_users.down.sql"])
        #expect(draft.revision.id == "000003" && draft.revision.parents == ["000002"])
    }

    @Test func `numbers are read as numbers, and what has none is not counted`() throws {
        let draft = try draft(in: sources(["9_a.sql": "", "10_b.sql": "", "seed.sql": ""]))
        #expect(draft.names == ["11_add_users.sql"])
    }

    @Test func `numbers that several files share are counted on from`() throws {
        let draft = try draft(in: sources(["001_a.sql": "", "002_b.sql": "", "002_c.sql": ""]))
        #expect(draft.names == ["003_add_users.sql"] && draft.revision.parents == ["002_c"])
    }

    @Test func `files with a header behind those without get one with a header`() throws {
        let draft = try draft(in: sources(["1_a.sql": "", "c.sql": headed("cccc", revises: "1")]))
        #expect(draft.revision.parents == ["cccc"] && draft.text.contains("-- Revision ID:"))
    }

    @Test func `where a name would not come last, nothing is written and the way out is said`() throws {
        let up = "-- migrate:up\n"
        let words = refusal(in: sources(["9_a.sql": up])) { _ in }
        #expect(words.contains("m/10_add_users.sql was not written") && words.contains("--rev-id"))
        #expect(
            try draft(in: sources(["0011_a.sql": up])) { $0.id = "0100" }.names == ["0100_add_users.sql"]
        )
        #expect(refusal(in: sources(["0011_a.sql": ""])) { $0.id = "0010" }.contains("--rev-id"))
        #expect(refusal(in: sources(["0011_a.sql": ""])) { $0.id = "0011" }.contains("--rev-id"))
        #expect(refusal(in: sources(["0011_a.sql": ""])) { $0.id = "x1" }.contains("--rev-id"))
    }

    @Test func `files without a number cannot be counted on from`() throws {
        let files = sources(["init.sql": "", "more.sql": ""])
        #expect(refusal(in: files) { _ in }.contains("m/more.sql has neither a header nor a number"))
        #expect(try draft(in: files) { $0.id = "new" }.names == ["new_add_users.sql"])
    }

    @Test func `what takes a header is refused, with what to do`() throws {
        let files = sources(["0001_a.sql": ""])
        let changes: [(String, (inout RevisionRequest) -> Void)] = [
            ("--head", { $0.parents = [.base] }), ("--splice", { $0.isSplice = true }),
            ("--branch-label", { $0.labels = ["x"] }), ("--depends-on", { $0.dependencies = ["0001"] }),
        ]
        for (option, change) in changes {
            let words = refusal(in: files, change)
            #expect(words.hasPrefix("\(option) has no place here: m/0001_a.sql has no header"))
        }
    }

    @Test func `a template is used without its header lines only`() throws {
        let folder = Folder()
        let files = sources(["0001_a.sql": "-- migrate:up\n"])
        let plain = try Template.read(
            try folder.write("-- ${message}: ${revises}\n-- migrate:up\n", to: "t.sql")
        )
        #expect(try draft(in: files) { $0.template = plain }.text == "-- Add users: 0001\n-- migrate:up\n")
        let headed = try Template.read(
            try folder.write(
                "-- Revision ID: ${revision}\n-- Revises: ${revises}\n-- migrate:up\n",
                to: "t.sql"
            )
        )
        let error = #expect(throws: DraftError.self) { try draft(in: files) { $0.template = headed } }
        #expect(error?.description.contains("it has a header, and the other files have none") == true)
    }
}
