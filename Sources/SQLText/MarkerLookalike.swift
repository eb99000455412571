/// A comment that is meant for a marker and is none: to take `  -- migrate:down` for words would be to run the way back
/// together with the way up.
enum MarkerLookalike {
    private static let directions = ["up", "down", "rollback", "undo", "revert"]

    /// Whether a line comment that is no marker looks like one.
    static func isOne(lineComment range: Range<Int>, in text: SourceText) -> Bool {
        guard isFirst(range.lowerBound, in: text) else { return false }
        let words = text.lowercased(range).drop { $0 == "-" }.filter { !$0.isWhitespace }
        return directions.contains { words.hasPrefix("migrate:\($0)") }
    }

    /// Whether nothing but blanks stands before it in its line.
    private static func isFirst(_ offset: Int, in text: SourceText) -> Bool {
        let line = text.position(of: offset).line
        let before = text.line(line).prefix { $0 != "-" }
        return before.allSatisfy(\.isWhitespace)
    }
}
