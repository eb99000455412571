/// The text of one script, with lookup of positions and lines.
///
/// Offsets are byte offsets into `bytes` throughout the target. A byte-order mark at the start is kept, so that offsets
/// are those of the file, but it is neither lexed nor counted as a column.
package struct SourceText: Sendable {
    /// The file as it was read.
    package let bytes: [UInt8]
    /// Whose SQL it is.
    package let dialect: Dialect
    private let lineStarts: [Int]

    /// Takes the bytes of a file. They are checked when the text is parsed or split.
    package init(_ bytes: [UInt8], dialect: Dialect = .postgreSQL) {
        self.bytes = bytes
        self.dialect = dialect
        lineStarts = Self.lineStarts(of: bytes)
    }

    /// The line and column of the byte at `offset`; one past the last byte is allowed.
    package func position(of offset: Int) -> SourcePosition {
        let line = lineNumber(of: offset)
        let start = lineStarts[line - 1]
        return SourcePosition(line: line, column: 1 + characterCount(in: start..<max(start, offset)))
    }

    /// The text of a line without its end. Invalid UTF-8 is repaired; a line that is not there is empty.
    package func line(_ number: Int) -> String {
        guard lineStarts.indices.contains(number - 1) else { return "" }
        let start = lineStarts[number - 1]
        var end = number < lineStarts.count ? lineStarts[number] - 1 : bytes.count
        if end > start, bytes[end - 1] == .carriageReturn { end -= 1 }
        return string(in: start..<end)
    }

    /// The text between two offsets. Invalid UTF-8 is repaired.
    package func string(in range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    /// The text between two offsets with its ASCII letters in lower case.
    func lowercased(_ range: Range<Int>) -> String {
        String(decoding: bytes[range].lazy.map(\.lowercased), as: UTF8.self)
    }

    /// The offset of a character that a server counted: number `n`, from 1, in the text sent from offset `start` on.
    package func offset(ofCharacter n: Int, from start: Int) -> Int {
        var offset = start
        var remaining = n - 1
        while remaining > 0, offset < bytes.count {
            offset += 1
            while offset < bytes.count, bytes[offset].isUTF8Continuation { offset += 1 }
            remaining -= 1
        }
        return offset
    }

    /// Where the text begins behind a byte-order mark.
    var start: Int { lineStarts[0] }

    private func lineNumber(of offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low + 1
    }

    private func characterCount(in range: Range<Int>) -> Int {
        bytes[range].count { !$0.isUTF8Continuation }
    }

    private static func lineStarts(of bytes: [UInt8]) -> [Int] {
        var starts = [bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0]
        for offset in bytes.indices where bytes[offset] == .lineFeed {
            starts.append(offset + 1)
        }
        return starts
    }
}
