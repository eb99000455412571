import Testing

@testable import SQLText

@Suite struct ForeignMarkerTests {
    private func parse(_ text: String, isWayBack: Bool = false) throws -> Script {
        try Script.parse(SourceText(Array(text.utf8)), isWayBack: isWayBack)
    }

    @Test(arguments: [
        ("-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT 2;", 1, "goose"),
        ("--+goose Up\nSELECT 1;\n--+goose Down\nSELECT 2;", 1, "goose"),
        ("-- +migrate Up\nSELECT 1;\n-- +migrate Down\nSELECT 2;", 1, "sql-migrate"),
        ("-- +micrate Up\nSELECT 1;", 1, "micrate"),
        ("SELECT 1;\n---- create above / drop below ----\nSELECT 2;", 2, "tern"),
    ])
    func `a file that another tool parts into up and down is not run to its end`(
        text: String,
        line: Int,
        tool: String
    ) {
        let error = #expect(throws: SQLTextError.self) { try parse(text) }
        #expect(error?.problem == .foreignMarker(tool: tool))
        #expect(error?.position.line == line)
    }

    @Test(arguments: [
        "-- Down Migration", "-- Down migration: drops the table", "-- // @UNDO", "--//@UNDO",
        "--- migration:down",
        "-- ==== DOWN ====", "-- rambler down", "-- @down", "-- migrate down", "--- #migrate:Down",
        "-- MIGRATE-DOWN! --", "-- DOWN BEGIN", "-- down", "--UNDO", "-- Rollback:",
    ])
    func `a comment of any kind that says down, with SQL behind it, is not passed over`(comment: String) {
        let error = #expect(throws: SQLTextError.self) { try parse("SELECT 1;\n\(comment)\nSELECT 2;\n") }
        #expect([.foreignMarker(tool: nil), .markerLookalike].contains(error?.problem))
        #expect(error?.position.line == 2)
        #expect(throws: Never.self) { try parse("SELECT 1;\n\(comment)\n-- SELECT 2;\n") }
        #expect(throws: Never.self) {
            try parse("\(comment)\nSELECT 2;\n", isWayBack: true)
        }
    }

    @Test(arguments: [
        "-- undo log of the editor", "-- down the road", "-- what goes up must come down", "-- +1",
        "-- migrate the users",
        "-- Rollback is manual: DROP TABLE a", "/*\n-- down\n*/", "SELECT $$\n-- down\n$$;",
        "SELECT 1\n-- undo\n, 2;",
        "-- migrate:up\n-- +goose Down is what we had before", "-- migrate:up\n-- undo",
    ])
    func `the same words elsewhere are words`(text: String) {
        #expect(throws: Never.self) { try parse("\(text)\nSELECT 1;\n") }
    }

    @Test
    func `a marker that stands behind SQL in its line is not passed over in a file with markers either`() {
        let error = #expect(throws: SQLTextError.self) {
            try parse("-- migrate:up\nSELECT 1;-- migrate:down\nSELECT 2;")
        }
        #expect(error?.problem == .foreignMarker(tool: nil))
    }
}
