/// Answers which is the earliest opened line above a revision.
///
/// The answer for a revision only ever grows, because lines come down and new ones are numbered higher. So an old answer
/// is a lower bound for ever, and exact for as long as no line parts or ends in another: a question climbs only where its
/// bounds allow something better, and a wide fork is not looked at once for each of its branches.
struct LowestLine {
    private let graph: RevisionGraph
    /// The last answer for a revision, itself included.
    private var bound: [Int]
    /// In which age the answer was found.
    private var age: [Int]
    private var now = 1
    /// The dependents of a revision by their bounds, made when first asked for.
    private var queues: [Int: BoundQueue] = [:]

    init(_ graph: RevisionGraph) {
        self.graph = graph
        bound = [Int](repeating: 0, count: graph.revisions.count)
        age = bound
    }

    /// A line has parted, or ended in another: answers are lower bounds from now on.
    mutating func linesHaveParted() { now += 1 }

    /// The first line whose tip stands above a revision.
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
