/// SQLite's tokens (tokenize.c), as far as they matter for where a statement ends. What PostgreSQL has beside them, dollar
/// quotes, escape strings, nested comments and commands of psql, is plain text here.
extension Lexer {
    mutating func skipSQLitePunctuation(_ byte: UInt8) throws(SQLTextError) -> Token.Kind? {
        switch byte {
        case UInt8(ascii: "'"): return try skipString()
        case UInt8(ascii: "\""): return try skipQuotedIdentifier(prefix: 0)
        case UInt8(ascii: "`"): return try skipForeignIdentifier(until: byte)
        case UInt8(ascii: "["): return try skipForeignIdentifier(until: UInt8(ascii: "]"))
        case UInt8(ascii: "-") where self.byte(at: 1) == byte: return skipLineFeedComment()
        case UInt8(ascii: "/") where self.byte(at: 1) == UInt8(ascii: "*"): return try skipFlatComment()
        case UInt8(ascii: ";"): return skip(1, as: .semicolon)
        case UInt8(ascii: "("): return skip(1, as: .openParenthesis)
        case UInt8(ascii: ")"): return skip(1, as: .closeParenthesis)
        default: return skip(1, as: .symbol)
        }
    }

    /// The quotes of MySQL and of SQL Server. A doubled backquote reads as two names, which ends at the same place.
    private mutating func skipForeignIdentifier(until quote: UInt8) throws(SQLTextError) -> Token.Kind {
        let start = offset
        offset += 1
        try skip(past: quote, or: .unterminatedIdentifier, at: start)
        return .quotedIdentifier
    }

    /// `-- …` up to the line feed: a carriage return does not end it.
    private mutating func skipLineFeedComment() -> Token.Kind {
        while offset < end, text.bytes[offset] != .lineFeed { offset += 1 }
        if text.bytes[offset - 1] == .carriageReturn { offset -= 1 }
        return .lineComment
    }

    /// `/* … */`, not nested; one that never ends is a comment up to the end of the text.
    private mutating func skipFlatComment() throws(SQLTextError) -> Token.Kind? {
        let start = offset
        offset = min(offset + 2, end)
        while offset < end {
            if byte(at: 0) == UInt8(ascii: "*"), byte(at: 1) == UInt8(ascii: "/") {
                offset += 2
                try checkBlockComment(from: start)
                return nil
            }
            offset += 1
        }
        try checkBlockComment(from: start)
        return nil
    }
}
