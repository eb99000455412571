/// A comment with which another tool, or a person, parts the way back from the way up: `-- +goose Down`, `-- // @UNDO`,
/// `-- ==== DOWN ====`.
///
/// Without a marker of ours, what follows would be run as part of the way up.
struct ForeignMarker {
    /// The tool that is known to write it so.
    let tool: String?
    /// Where the comment begins.
    let offset: Int
    /// Whether it is one beside markers of ours, too: `; -- migrate:down`.
    let isMeantForOurs: Bool

    /// nil for every other comment.
    init?(lineComment range: Range<Int>, in text: SourceText) {
        let comment = text.lowercased(range)
        let words = comment.split { !$0.isLetter && !$0.isNumber }
        let annotation = comment.drop { $0 == "-" || $0.isWhitespace }
        let known = Self.annotations.first { annotation.hasPrefix($0.key) }?.value
        guard known != nil || words == Self.tern || Self.isWayBack(words) else { return nil }
        tool = known ?? (words == Self.tern ? "tern" : nil)
        offset = range.lowerBound
        isMeantForOurs = known == nil && words == ["migrate", "down"]
    }

    private static let annotations = ["+goose": "goose", "+migrate": "sql-migrate", "+micrate": "micrate"]
    private static let tern = ["create", "above", "drop", "below"] as [Substring]
    private static let directions = ["down", "undo", "rollback", "revert"] as Set<Substring>
    private static let tools =
        ["migrate", "migration", "migrations", "rambler", "goose", "micrate", "dbmate", "db"]
        as Set<Substring>
    private static let parts =
        ["migration", "migrations", "begin", "start", "script", "section", "part", "step", "sql"]
        as Set<Substring>

    /// A direction that stands alone, or with a word for the tool or the part; else it is prose, "undo log of the editor". After
    /// "down migration" more may follow, as node-pg-migrate reads it.
    private static func isWayBack(_ words: [Substring]) -> Bool {
        switch words.count {
        case 1: directions.contains(words[0])
        case 2 where tools.contains(words[0]): directions.contains(words[1])
        case 2...: directions.contains(words[0]) && parts.contains(words[1]) && isWhole(words)
        default: false
        }
    }

    private static func isWhole(_ words: [Substring]) -> Bool {
        words.count == 2 || (words[0] == "down" && words[1] == "migration")
    }
}
