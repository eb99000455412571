/// The markers with which other tools part the way up from the way back in one file.
///
/// A file with one of them and none of ours would be run to its end, the way back included.
enum ForeignMarkers {
    private static let all = [
        "-- +goose": "goose", "-- +migrate": "sql-migrate", "---- create above / drop below ----": "tern",
        "-- Down Migration": "node-pg-migrate", "-- UNDO": "Flyway",
    ]

    /// The tool whose marker a line of the file begins with, or nil.
    static func tool(of text: String) -> String? {
        for line in text.split(whereSeparator: \.isNewline) where line.hasPrefix("--") {
            if let found = all.first(where: { line.lowercased().hasPrefix($0.key.lowercased()) }) {
                return found.value
            }
            if ["-- down", "--down"].contains(line.lowercased()) { return "another tool" }
        }
        return nil
    }
}
