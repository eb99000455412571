import SQLText
import Testing

@testable import Scripts

@Suite struct ForeignMarkersTests {
    @Test(arguments: [
        ("-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT 2;", "goose"),
        ("-- +migrate Up\nSELECT 1;\n-- +migrate Down\nSELECT 2;", "sql-migrate"),
        ("SELECT 1;\n---- create above / drop below ----\nSELECT 2;", "tern"),
        ("-- Up Migration\nSELECT 1;\n-- Down Migration\nSELECT 2;", "node-pg-migrate"),
    ])
    func `a file that another tool parts into up and down is not run to its end`(text: String, tool: String)
        throws
    {
        let layout = try Layout([SourceFile(path: "1_a.sql", bytes: Array(text.utf8))])
        let migration = try #require(layout.migrations.first)
        let error = #expect(throws: ScriptError.self) { try migration.script() }
        guard case .foreignMarkers(tool, "1_a.sql") = error else {
            Issue.record("not refused: \(String(describing: error))")
            return
        }
    }

    @Test func `the same words in a file with our markers are a comment`() throws {
        let text = "-- migrate:up\n-- +goose Down is what we had before\nSELECT 1;"
        let layout = try Layout([SourceFile(path: "1_a.sql", bytes: Array(text.utf8))])
        #expect(try layout.migrations.first?.script().sections.count == 1)
    }
}
