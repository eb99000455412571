/// Comes down from several revisions at once, and enters a revision only when no other line has it still ahead.
///
/// The walked space has no holes: with two revisions it has everything between them. So a revision is free as soon as its
/// own dependents are done, which is a matter of counting; what stands above it is asked only when it is not.
struct DescendingWalk {
    private let graph: RevisionGraph
    private var remaining: PositionSet
    /// How many dependents of a revision remain.
    private var waitingFor: [Int]
    private var lines: OpenLines
    private var lowest: LowestLine

    init(through space: PositionSet, of graph: RevisionGraph) {
        self.graph = graph
        remaining = space
        waitingFor = [Int](repeating: 0, count: graph.revisions.count)
        let members = space.members
        for member in members {
            for prerequisite in graph.prerequisites[member] { waitingFor[prerequisite] += 1 }
        }
        lines = OpenLines(
            at: members.filter { [waitingFor] in waitingFor[$0] == 0 },
            count: graph.revisions.count
        )
        lowest = LowestLine(graph)
    }

    /// All of the space, highest first.
    mutating func run() -> [Int] {
        var result: [Int] = []
        result.reserveCapacity(remaining.count)
        var current = lines.first
        while let line = current {
            let candidate = lines.tip(of: line)
            if waitingFor[candidate] > 0 {
                current = lowest.line(above: candidate, among: remaining, lines)
                continue
            }
            result.append(candidate)
            current = descend(from: candidate, on: line)
        }
        return result
    }

    /// Goes on with the first prerequisite; further ones open lines of their own. Returns the line to go on with.
    private mutating func descend(from candidate: Int, on line: Int) -> Int? {
        remaining.remove(candidate)
        lowest.forget(candidate)
        let ahead = graph.prerequisites[candidate].filter { remaining.contains($0) }
        for prerequisite in ahead { waitingFor[prerequisite] -= 1 }
        let next = ahead.filter { !lines.isTip($0) }
        if ahead.count > 1 || ahead.count > next.count { lines.part(line) }
        guard let first = next.first else { return lines.close(line) }
        lines.move(line, to: first)
        for further in next.dropFirst() { lines.open(at: further) }
        return line
    }
}
