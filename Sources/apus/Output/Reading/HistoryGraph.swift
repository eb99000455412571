/// Draws a history from the newest revision down: a mark for each, and lines to its parents.
///
/// A lane is a column with the line to a revision further down. Two lanes never lead to the same revision: a line joins
/// the other as soon as both would, so a wide history stays as narrow as it can.
struct HistoryGraph {
    /// One revision, by its place in the list: what it follows, of what is shown.
    struct Node {
        var parents: [Int]
        var isPending = false
        /// What stands beside the mark, line by line.
        var text: [String]
    }

    private let glyphs: GraphGlyphs
    private var lanes: [Int?] = []
    /// The lane that ended in the row above without a bend, so that what comes next must not seem to go on there.
    private var ended: Int?
    private var lines: [String] = []

    private init(_ glyphs: GraphGlyphs) { self.glyphs = glyphs }

    /// The lines of the drawing.
    ///
    /// - Parameter nodes: Every one before its parents.
    static func draw(_ nodes: [Node], with glyphs: GraphGlyphs) -> [String] {
        var graph = HistoryGraph(glyphs)
        for (place, node) in nodes.enumerated() { graph.draw(node, at: place) }
        return graph.lines
    }

    private mutating func draw(_ node: Node, at place: Int) {
        let awaited = lanes.firstIndex(of: place)
        let column = awaited ?? freeLane(besides: [])
        if awaited == nil, column == ended { add(lanes, "") }
        occupy(column, with: place)
        let mark = node.isPending ? glyphs.pending : glyphs.revision
        add(lanes, node.text.first ?? "") { $0 == column ? mark : nil }
        let bend = lead(from: column, to: node.parents)
        for line in node.text.dropFirst() { add(bend?.before ?? lanes, line) }
        if let bend { lines.append(bend.row) }
        ended = node.parents.isEmpty ? column : nil
        while lanes.last == .some(nil) { lanes.removeLast() }
    }

    // MARK: Lanes

    private struct Bend {
        let before: [Int?]
        let row: String
    }

    private mutating func occupy(_ column: Int, with place: Int) {
        if column == lanes.count { lanes.append(place) } else { lanes[column] = place }
    }

    /// The first free lane, to the right of the last of `taken` when there is one.
    private func freeLane(besides taken: Set<Int>) -> Int {
        let start = taken.max().map { $0 + 1 } ?? 0
        return lanes.indices.first { $0 >= start && lanes[$0] == nil } ?? lanes.count
    }

    /// Leads the lane on to the parents.
    ///
    /// - Returns: The row with the bends, unless the line just goes on or ends.
    private mutating func lead(from column: Int, to parents: [Int]) -> Bend? {
        let before = lanes
        var touched: Set<Int> = [column]
        lanes[column] = nil
        for parent in parents {
            if let lane = lanes.firstIndex(of: parent) {
                touched.insert(lane)
                // The lane further left goes on.
                if lanes[column] == nil, lane > column { lanes.swapAt(lane, column) }
            } else if lanes[column] == nil {
                lanes[column] = parent
            } else {
                let lane = freeLane(besides: touched)
                occupy(lane, with: parent)
                touched.insert(lane)
            }
        }
        guard touched.count > 1 else { return nil }
        return Bend(before: before, row: bends(at: touched, before: before))
    }

    // MARK: Rows

    /// The row in which lanes that are touched bend into each other; the others pass in front.
    private func bends(at touched: Set<Int>, before: [Int?]) -> String {
        let (first, last) = (touched.min() ?? 0, touched.max() ?? 0)
        var text = ""
        for column in lanes.indices {
            let isInside = (first...last).contains(column)
            if touched.contains(column) {
                let up = column < before.count && before[column] != nil
                let (left, right) = (column > first, column < last)
                text.append(glyphs.line(up: up, down: lanes[column] != nil, left: left, right: right))
            } else if lanes[column] != nil {
                text.append(glyphs.vertical)
            } else {
                text.append(isInside ? glyphs.horizontal : " ")
            }
            text.append(isInside && column < last ? glyphs.horizontal : " ")
        }
        return trimmed(text)
    }

    /// Adds a row without bends, and the text beside it.
    private mutating func add(
        _ lanes: [Int?],
        _ text: String,
        _ mark: (Int) -> Character? = { _ in nil }
    ) {
        var row = ""
        for (column, lane) in lanes.enumerated() {
            row.append(mark(column) ?? (lane == nil ? " " : glyphs.vertical))
            row.append(" ")
        }
        lines.append(trimmed(row + text))
    }

    private func trimmed(_ text: String) -> String {
        var text = text
        while text.last == " " { text.removeLast() }
        return text
    }
}
