/// A comment that is meant for a marker and is none: to take `  -- migrate:down` for words would be to run the way back
/// together with the way up.
enum MarkerLookalike {
    private static let directions = ["up", "down", "rollback", "undo", "revert"]

    /// Whether a line comment that is no marker looks like one.
    static func isOne(lineComment range: Range<Int>, in text: SourceText) -> Bool {
        guard isFirst(range.lowerBound, in: text) else { return false }
        let comment = text.lowercased(range).drop { $0 == "-" }.drop(while: \.isWhitespace)
        let name = comment.prefix { $0 != ":" }
        guard name.prefix(while: \.isLetter) == "migrate", name.dropFirst(7).allSatisfy(\.isWhitespace)
        else { return false }
        return isDirection(comment[name.endIndex...].dropFirst())
    }

    /// Directly behind the colon a direction may be misspelt. Behind a blank it has to stand alone, or with options: else it is
    /// "migrate: up to 100 rows".
    private static func isDirection(_ rest: Substring) -> Bool {
        guard rest.first?.isWhitespace == true else { return directions.contains { rest.hasPrefix($0) } }
        let words = rest.split(whereSeparator: \.isWhitespace)
        return words.first.map { directions.contains(String($0)) } == true
            && words.dropFirst().allSatisfy { $0.contains(":") }
    }

    /// Whether nothing but blanks stands before it in its line.
    private static func isFirst(_ offset: Int, in text: SourceText) -> Bool {
        let line = text.position(of: offset).line
        let before = text.line(line).prefix { $0 != "-" }
        return before.allSatisfy(\.isWhitespace)
    }
}
