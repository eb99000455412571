/// A line that starts a section: dbmate's `^--\s*migrate:(up|down)(\s*$|\s+\S+)`, and the options behind it.
struct Marker {
    let direction: Direction
    let options: SectionOptions
    /// The line with its end.
    let range: Range<Int>

    /// Nil when the comment is no marker.
    init?(lineComment range: Range<Int>, in text: SourceText) throws(SQLTextError) {
        guard Self.startsLine(range.lowerBound, in: text) else { return nil }
        var words = MarkerWords(text, in: range.lowerBound + 2..<range.upperBound)
        guard let name = words.next(),
            let direction = Self.direction(named: text.string(in: name))
        else { return nil }
        self.direction = direction
        options = try SectionOptions(reading: words, in: text)
        self.range = range.lowerBound..<Self.lineEnd(after: range.upperBound, in: text)
    }

    private static func startsLine(_ offset: Int, in text: SourceText) -> Bool {
        offset == text.start || text.bytes[offset - 1].isNewline
    }

    private static func direction(named name: String) -> Direction? {
        Direction.allCases.first { name == "migrate:\($0.rawValue)" }
    }

    private static func lineEnd(after offset: Int, in text: SourceText) -> Int {
        let ending = text.bytes[offset...].prefix(2)
        if ending.elementsEqual([.carriageReturn, .lineFeed]) { return offset + 2 }
        return min(offset + 1, text.bytes.count)
    }
}
