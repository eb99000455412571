extension Lexer {
    /// `-- …` up to the line end, which is not part of it.
    mutating func skipLineComment() -> Token.Kind {
        skipToLineEnd()
        return .lineComment
    }

    /// `/* … */`, nested. It yields no token.
    mutating func skipBlockComment() throws(SQLTextError) -> Token.Kind? {
        let start = offset
        var depth = 0
        while offset < end {
            switch (byte(at: 0), byte(at: 1)) {
            case (UInt8(ascii: "/"), UInt8(ascii: "*")):
                offset += 2
                depth += 1
            case (UInt8(ascii: "*"), UInt8(ascii: "/")):
                offset += 2
                depth -= 1
                guard depth == 0 else { continue }
                try checkBlockComment(from: start)
                return nil
            default:
                offset += 1
            }
        }
        throw SQLTextError(.unterminatedComment, at: start, in: text)
    }

    /// A directive is a line comment.
    func checkBlockComment(from start: Int) throws(SQLTextError) {
        guard Directive.isMeant(by: start..<offset, in: text) else { return }
        let isSQLite = text.dialect == .sqlite
        throw SQLTextError(isSQLite ? .misplacedDirective : .directiveWithoutSQLite, at: start, in: text)
    }

    /// A backslash outside of quotes starts a command of psql. The few that mean nothing to a server are white space:
    /// `\restrict` and `\unrestrict` frame the output of newer pg_dumps, and `\.` may be left over from COPY.
    mutating func skipBackslash() throws(SQLTextError) -> Token.Kind? {
        let name = metaCommandName()
        guard ["restrict", "unrestrict", "."].contains(name) else {
            throw SQLTextError(.metaCommand(name: "\\" + name), at: offset, in: text)
        }
        skipToLineEnd()
        return nil
    }

    /// Moves to the next line end, or to the end of the range.
    mutating func skipToLineEnd() {
        while offset < end, !text.bytes[offset].isNewline { offset += 1 }
    }

    /// The letters behind the backslash, or the one character that stands there instead.
    private func metaCommandName() -> String {
        var length = 1
        while byte(at: length).isLetter { length += 1 }
        guard !byte(at: 1).isNewline else { return "" }
        let nameEnd = length > 1 ? offset + length : text.offset(ofCharacter: 2, from: offset + 1)
        return text.string(in: offset + 1..<min(nameEnd, end))
    }
}
