extension Lexer {
    /// Steps from behind the `;` of COPY … FROM STDIN over its rows and the line `\.` that ends them.
    ///
    /// - Returns: The rows with their line ends, or nil when no `\.` follows.
    mutating func skipCopyData() throws(SQLTextError) -> Range<Int>? {
        try skipRestOfLine()
        let start = offset
        while offset < end {
            let line = offset
            skipLine()
            if isEndOfCopyData(line..<offset) { return start..<line }
        }
        return nil
    }

    private mutating func skipRestOfLine() throws(SQLTextError) {
        while byte(at: 0).isHorizontalSpace { offset += 1 }
        if byte(at: 0) == UInt8(ascii: "-"), byte(at: 1) == UInt8(ascii: "-") { skipToLineEnd() }
        guard offset == end || byte(at: 0).isNewline else {
            throw SQLTextError(.textBeforeCopyData, at: offset, in: text)
        }
        skipLine()
    }

    /// Steps behind the next line feed: in rows, a carriage return alone ends nothing.
    private mutating func skipLine() {
        while offset < end, text.bytes[offset] != .lineFeed { offset += 1 }
        offset = min(offset + 1, end)
    }

    private func isEndOfCopyData(_ line: Range<Int>) -> Bool {
        line.count <= 4 && text.bytes[line].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: ".")])
            && text.bytes[line].dropFirst(2).allSatisfy(\.isNewline)
    }
}
