/// Quoted text. Each function starts at the quote (or its prefix) and leaves the offset behind the closing one.
extension Lexer {
    /// `'…'`. A doubled quote reads as the end of one string and the start of the next, which splits the same.
    mutating func skipString() throws(SQLTextError) -> Token.Kind {
        let start = offset
        offset += 1
        try skip(past: UInt8(ascii: "'"), or: .unterminatedString, at: start)
        return .string
    }

    /// `"…"`, behind a prefix of so many bytes. A doubled quote belongs to the name.
    mutating func skipQuotedIdentifier(prefix: Int) throws(SQLTextError) -> Token.Kind {
        let start = offset
        offset += prefix
        repeat {
            offset += 1
            try skip(past: UInt8(ascii: "\""), or: .unterminatedIdentifier, at: start)
        } while byte(at: 0) == UInt8(ascii: "\"")
        return .quotedIdentifier
    }

    /// `E'…'`, where a backslash protects the next character, with all its continuations on later lines.
    mutating func skipEscapeString() throws(SQLTextError) -> Token.Kind {
        let start = offset
        offset += 1
        repeat {
            offset += 1
            try skipEscapeStringBody(from: start)
        } while byte(at: 0) == UInt8(ascii: "'") || skipToContinuation()
        return .string
    }

    /// `$tag$ … $tag$`. Any other dollar, such as that of `$1`, is a symbol.
    mutating func skipDollarQuote() throws(SQLTextError) -> Token.Kind {
        let start = offset
        guard let tagEnd = dollarTagEnd(at: start) else {
            offset += 1
            return .symbol
        }
        offset = tagEnd
        while let dollar = firstOffset(of: UInt8(ascii: "$")) {
            if text.bytes[dollar..<end].starts(with: text.bytes[start..<tagEnd]) {
                offset = dollar + tagEnd - start
                return .string
            }
            offset = dollar + 1
        }
        let tag = text.string(in: start..<tagEnd)
        throw SQLTextError(.unterminatedDollarQuote(tag: tag), at: start, in: text)
    }

    /// The end of `$tag$` at `start`, if there is one. The tag follows the rule for identifiers, without dollars.
    private func dollarTagEnd(at start: Int) -> Int? {
        var place = start + 1
        if place < end, text.bytes[place].isIdentifierStart {
            while place < end, text.bytes[place].isTagPart { place += 1 }
        }
        return place < end && text.bytes[place] == UInt8(ascii: "$") ? place + 1 : nil
    }

    private mutating func skipEscapeStringBody(from start: Int) throws(SQLTextError) {
        while offset < end {
            let byte = text.bytes[offset]
            offset += byte == UInt8(ascii: "\\") ? 2 : 1
            if byte == UInt8(ascii: "'") { return }
        }
        throw SQLTextError(.unterminatedString, at: start, in: text)
    }

    /// Moves to the quote that continues a string constant: only white space with a line end, and comments, stand
    /// between. (The server's rule. psql, which reads line by line, misses it and reads a string without escapes.)
    private mutating func skipToContinuation() -> Bool {
        var ahead = self
        var sawNewline = false
        while true {
            let byte = ahead.byte(at: 0)
            if byte.isSpace {
                sawNewline = sawNewline || byte.isNewline
                ahead.offset += 1
            } else if byte == UInt8(ascii: "-"), ahead.byte(at: 1) == byte {
                ahead.skipToLineEnd()
            } else {
                break
            }
        }
        guard sawNewline, ahead.byte(at: 0) == UInt8(ascii: "'") else { return false }
        self = ahead
        return true
    }

    mutating func skip(
        past byte: UInt8,
        or problem: SQLTextError.Problem,
        at start: Int
    ) throws(SQLTextError) {
        guard let place = firstOffset(of: byte) else { throw SQLTextError(problem, at: start, in: text) }
        offset = place + 1
    }

    private func firstOffset(of byte: UInt8) -> Int? {
        var place = offset
        while place < end {
            if text.bytes[place] == byte { return place }
            place += 1
        }
        return nil
    }
}
