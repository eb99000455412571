/// Finds the sections of a script. A marker is one only as a comment: inside a string, a dollar-quoted body, a block
/// comment or the rows of a COPY it is text.
struct SectionReader {
    private let text: SourceText
    private let isWayBack: Bool
    private var scanner: StatementScanner
    private var directives: DirectiveReader
    private var sections: [Section] = []
    private var marker: Marker?
    /// Where the first statement above all markers begins.
    private var stray: Int?
    /// The first comment since the last marker that parts up and down in another way.
    private var foreign: ForeignMarker?

    init(_ text: SourceText, isWayBack: Bool) {
        self.text = text
        self.isWayBack = isWayBack
        scanner = StatementScanner(text, in: 0..<text.bytes.count)
        directives = DirectiveReader(text)
    }

    /// All sections in the order of the file.
    consuming func read() throws(SQLTextError) -> [Section] {
        while let item = try scanner.next() {
            switch item {
            case .statement(let statement):
                stray = stray ?? statement.range.lowerBound
                try checkNothingFollows(statement.range.lowerBound)
                try directives.read(statementIn: statement.range)
            case .lineComment(let range): try read(lineComment: range)
            }
        }
        try directives.end()
        close(at: text.bytes.count)
        return sections
    }

    private mutating func read(lineComment range: Range<Int>) throws(SQLTextError) {
        if let marker = try Marker(lineComment: range, in: text) { return try open(marker) }
        guard !MarkerLookalike.isOne(lineComment: range, in: text) else {
            throw SQLTextError(.markerLookalike, at: range.lowerBound, in: text)
        }
        try directives.read(lineComment: range, isInside: scanner.start != nil)
        guard scanner.start == nil, !isWayBack else { return }
        foreign = foreign ?? ForeignMarker(lineComment: range, in: text)
    }

    private mutating func open(_ next: Marker) throws(SQLTextError) {
        // The last statement of a section may lack its `;`.
        if let start = scanner.start { try directives.read(statementIn: start..<next.range.lowerBound) }
        try directives.end()
        try checkOrder(next)
        close(at: next.range.lowerBound)
        marker = next
        foreign = nil
        scanner.reset()
    }

    /// With nothing behind it, the comment of another tool is only a comment.
    private func checkNothingFollows(_ offset: Int) throws(SQLTextError) {
        guard let foreign, foreign.offset < offset, marker == nil || foreign.isMeantForOurs else { return }
        throw SQLTextError(.foreignMarker(tool: foreign.tool), at: foreign.offset, in: text)
    }

    private mutating func close(at end: Int) {
        guard let marker else { return }
        sections.append(
            Section(
                direction: marker.direction,
                options: marker.options,
                range: marker.range.upperBound..<end,
                markerLine: text.position(of: marker.range.lowerBound).line
            )
        )
    }

    private func checkOrder(_ next: Marker) throws(SQLTextError) {
        if marker == nil, let stray = stray ?? scanner.start {
            throw SQLTextError(.statementBeforeFirstMarker, at: stray, in: text)
        }
        guard next.direction == .down else { return }
        switch marker?.direction {
        case nil where isWayBack: break
        case nil: throw SQLTextError(.downBeforeUp, at: next.range.lowerBound, in: text)
        case .down: throw SQLTextError(.secondDown, at: next.range.lowerBound, in: text)
        case .up: break
        }
    }
}
