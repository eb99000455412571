/// Reads a script as tokens, and never judges what they say: by the lexical rules of psql (psqlscan.l), or those of SQLite
/// (`Lexer+SQLite.swift`).
///
/// White space and block comments are skipped. psql variables (`:name`) are not interpolated, so they are plain text.
/// `standard_conforming_strings` is taken to be on.
struct Lexer {
    let text: SourceText
    let end: Int
    /// Where the next token is looked for.
    var offset: Int

    init(_ text: SourceText, in range: Range<Int>) {
        self.text = text
        end = range.upperBound
        offset = min(max(range.lowerBound, text.start), end)
    }

    /// The next token, or nil at the end of the range.
    mutating func next() throws(SQLTextError) -> Token? {
        while offset < end {
            let start = offset
            guard let kind = try skipElement(startingWith: text.bytes[start]) else { continue }
            return Token(kind: kind, range: start..<offset)
        }
        return nil
    }

    /// Steps over one element; nil when it was none that the parser would see.
    private mutating func skipElement(startingWith byte: UInt8) throws(SQLTextError) -> Token.Kind? {
        if byte.isIdentifierStart { return try skipWord(startingWith: byte) }
        if byte.isSpace { return skip(1, as: nil) }
        if byte.isDigit { return skipNumber() }
        switch text.dialect {
        case .postgreSQL: return try skipPunctuation(byte)
        case .sqlite: return try skipSQLitePunctuation(byte)
        }
    }

    private mutating func skipPunctuation(_ byte: UInt8) throws(SQLTextError) -> Token.Kind? {
        switch byte {
        case UInt8(ascii: "'"): return try skipString()
        case UInt8(ascii: "\""): return try skipQuotedIdentifier(prefix: 0)
        case UInt8(ascii: "$"): return try skipDollarQuote()
        case UInt8(ascii: "-") where self.byte(at: 1) == byte: return skipLineComment()
        case UInt8(ascii: "/") where self.byte(at: 1) == UInt8(ascii: "*"): return try skipBlockComment()
        case UInt8(ascii: "\\"): return try skipBackslash()
        case UInt8(ascii: ";"): return skip(1, as: .semicolon)
        case UInt8(ascii: "("): return skip(1, as: .openParenthesis)
        case UInt8(ascii: ")"): return skip(1, as: .closeParenthesis)
        default: return skip(1, as: .symbol)
        }
    }

    /// A word, unless its letters turn out to be the prefix of a quote: `E'…'`, `B'…'`, `X'…'`, `N'…'`, `U&'…'`, `U&"…"`.
    private mutating func skipWord(startingWith byte: UInt8) throws(SQLTextError) -> Token.Kind {
        switch (byte.lowercased, self.byte(at: 1)) {
        case (UInt8(ascii: "e"), UInt8(ascii: "'")) where text.dialect == .postgreSQL:
            return try skipEscapeString()
        case (UInt8(ascii: "u"), UInt8(ascii: "&"))
        where self.byte(at: 2) == UInt8(ascii: "\"") && text.dialect == .postgreSQL:
            return try skipQuotedIdentifier(prefix: 2)
        default:
            // The other prefixes change nothing about where the string ends.
            offset += 1
            skipIdentifierParts()
            return .word
        }
    }

    /// A number with whatever is glued to it: the server refuses `1a`, but not as two tokens (integer_junk).
    private mutating func skipNumber() -> Token.Kind {
        while byte(at: 0).isDigit { offset += 1 }
        if byte(at: 0).isIdentifierStart { skipIdentifierParts() }
        return .number
    }

    private mutating func skipIdentifierParts() {
        while byte(at: 0).isIdentifierPart { offset += 1 }
    }

    mutating func skip(_ count: Int, as kind: Token.Kind?) -> Token.Kind? {
        offset += count
        return kind
    }

    /// The byte `distance` behind the current offset, or zero past the end; the text holds no zero itself.
    func byte(at distance: Int) -> UInt8 {
        let place = offset + distance
        return place < end ? text.bytes[place] : 0
    }
}
