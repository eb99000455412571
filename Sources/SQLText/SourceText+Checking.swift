extension SourceText {
    /// Throws when the server could not take this part of the text at all: the session's encoding is UTF-8, and
    /// PostgreSQL has no zero character.
    func check(in range: Range<Int>) throws(SQLTextError) {
        try checkUTF8(in: range)
        if let zero = bytes[range].firstIndex(of: 0) {
            throw SQLTextError(.zeroByte, at: zero, in: self)
        }
    }

    private func checkUTF8(in range: Range<Int>) throws(SQLTextError) {
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: bytes.span.extracting(range))
        } catch {
            let offset = range.lowerBound + error.byteOffsets.lowerBound
            throw SQLTextError(.invalidUTF8(byte: bytes[offset]), at: offset, in: self)
        }
    }
}
