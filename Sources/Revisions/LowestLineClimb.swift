/// Finds the earliest opened line above a revision by climbing, guided by what was found before.
struct LowestLineClimb {
    private let graph: RevisionGraph
    /// The last answer for a revision, itself included.
    private var bound: [Int]
    /// In which age the answer was found; it is exact for as long as no line parts or ends in another.
    private var age: [Int]
    private var now = 1
    /// The dependents of a revision by their bounds, made when first asked for.
    private var queues: [Int: BoundQueue] = [:]

    init(_ graph: RevisionGraph) {
        self.graph = graph
        bound = [Int](repeating: 0, count: graph.revisions.count)
        age = bound
    }

    mutating func linesHaveParted() { now += 1 }

    mutating func line(above position: Int, among remaining: PositionSet, _ lines: OpenLines) -> Int? {
        var path = [position]
        while let last = path.last {
            guard let answer = settled(last, remaining, climbing: &path) else { continue }
            if path.count == 1 { return answer < Int.max ? answer : nil }
            bound[last] = min(answer, lines.line(at: last) ?? Int.max)
            age[last] = now
            path.removeLast()
        }
        return nil
    }

    /// The lowest answer among the dependents of a revision; nil when one has to be asked first.
    private mutating func settled(
        _ position: Int,
        _ remaining: PositionSet,
        climbing path: inout [Int]
    ) -> Int? {
        if let only = graph.dependents.only(of: position) {
            guard remaining.contains(only) else { return Int.max }
            if age[only] == now { return bound[only] }
            path.append(only)
            return nil
        }
        var queue = queues.removeValue(forKey: position) ?? BoundQueue(graph.dependents[position])
        defer { queues[position] = queue }
        while let first = queue.first {
            if !remaining.contains(first.position) {
                queue.removeFirst()
            } else if age[first.position] != now {
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
}
