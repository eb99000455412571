/// Finds the earliest opened line above a revision by climbing. Each revision on the way keeps its answer.
///
/// The answer only ever grows: lines come down, and new ones are numbered higher. So an earlier one is a lower bound, and it is exact for as long as the line it names has not
/// parted or ended: what another line does cannot take that one away, nor bring an earlier one.
struct LowestLineClimb {
    /// How many revisions have been looked at so far.
    private(set) var steps = 0
    private let graph: RevisionGraph
    /// The last answer for a revision, itself included.
    private var bound: [Int]
    /// How often the line of the answer had parted by then.
    private var partings: [Int]
    /// The dependents of a revision by their bounds, made when first asked for.
    private var queues: [Int: BoundQueue] = [:]

    init(_ graph: RevisionGraph) {
        self.graph = graph
        bound = [Int](repeating: 0, count: graph.revisions.count)
        partings = [Int](repeating: -1, count: graph.revisions.count)
    }

    /// The first line whose tip stands above a revision.
    mutating func line(above position: Int, among remaining: PositionSet, _ lines: OpenLines) -> Int? {
        var path = [position]
        while let last = path.last {
            steps += 1
            guard let answer = settled(last, remaining, lines, climbing: &path) else { continue }
            if path.count == 1 { return answer < Int.max ? answer : nil }
            bound[last] = min(answer, lines.line(at: last) ?? Int.max)
            partings[last] = lines.partings(of: bound[last])
            path.removeLast()
        }
        return nil
    }

    /// The lowest answer among the dependents of a revision; nil when one has to be asked first.
    private mutating func settled(
        _ position: Int,
        _ remaining: PositionSet,
        _ lines: OpenLines,
        climbing path: inout [Int]
    ) -> Int? {
        if let only = graph.dependents.only(of: position) {
            guard remaining.contains(only) else { return Int.max }
            if isExact(only, lines) { return bound[only] }
            path.append(only)
            return nil
        }
        var queue = queues.removeValue(forKey: position) ?? BoundQueue(graph.dependents[position])
        defer { queues[position] = queue }
        while let first = queue.first {
            if !remaining.contains(first.position) {
                queue.removeFirst()
            } else if !isExact(first.position, lines) {
                path.append(first.position)
                return nil
            } else if bound[first.position] > first.bound {
                queue.raiseFirst(to: bound[first.position])
            } else {
                return first.bound
            }
        }
        return Int.max
    }

    private func isExact(_ position: Int, _ lines: OpenLines) -> Bool {
        partings[position] == lines.partings(of: bound[position])
    }
}
