/// A statement as psql sends it: with its `;`, the comments around it, and without the blank lines inside it.
struct SentStatement {
    private var rest: Substring

    /// Nil for one that says nothing.
    init?(_ text: String) {
        rest = text[...]
        skipComments()
        if rest.isEmpty || rest == ";" { return nil }
    }

    /// Whether it is `statement`, but for white space and for comments around it.
    func says(_ statement: String) -> Bool {
        var sent = self
        for character in statement.unicodeScalars where !character.properties.isWhitespace {
            sent.skipSpace()
            guard sent.rest.unicodeScalars.first == character else { return false }
            sent.rest.unicodeScalars.removeFirst()
        }
        sent.skipComments()
        return sent.rest.isEmpty || sent.rest == ";"
    }

    private mutating func skipSpace() {
        while rest.unicodeScalars.first?.properties.isWhitespace == true { rest.unicodeScalars.removeFirst() }
    }

    private mutating func skipComments() {
        skipSpace()
        while rest.hasPrefix("--") || rest.hasPrefix("/*") {
            if rest.hasPrefix("--") { skipLine() } else { skipBlock() }
            skipSpace()
        }
    }

    private mutating func skipLine() {
        rest = rest.drop { !$0.isNewline }
    }

    private mutating func skipBlock() {
        var depth = 0
        repeat {
            if rest.hasPrefix("/*") {
                depth += 1
                rest = rest.dropFirst(2)
            } else if rest.hasPrefix("*/") {
                depth -= 1
                rest = rest.dropFirst(2)
            } else {
                rest = rest.dropFirst()
            }
        } while depth > 0 && !rest.isEmpty
    }
}
