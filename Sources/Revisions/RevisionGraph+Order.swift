extension RevisionGraph {
    /// The wanted revisions, lowest first, so that everything comes after what it needs.
    ///
    /// Where the graph leaves a choice the order is Alembic's, so that a history runs the same way under both: one line is
    /// followed down to the fork, the other lines into the fork come before it.
    func ordered(_ wanted: Set<Int>) -> [Int] {
        let needed = Set(wanted.flatMap { prerequisites[$0] })
        var walk = DescendingWalk(
            wanted: wanted,
            starts: wanted.subtracting(needed).sorted(),
            prerequisites: prerequisites
        )
        return walk.run().reversed()
    }
}

/// Comes down from several revisions at once, and enters a revision only when no other line has it still ahead.
private struct DescendingWalk {
    private var remaining: Set<Int>
    private var open: [Int]
    private let prerequisites: [[Int]]
    private var below: [Int: Set<Int>] = [:]

    init(wanted: Set<Int>, starts: [Int], prerequisites: [[Int]]) {
        remaining = wanted
        open = starts
        self.prerequisites = prerequisites
    }

    mutating func run() -> [Int] {
        var result: [Int] = []
        result.reserveCapacity(remaining.count)
        var line = 0
        while !open.isEmpty {
            let candidate = open[line]
            if let other = otherLine(above: candidate, than: line) {
                line = other
                continue
            }
            result.append(candidate)
            remaining.remove(candidate)
            line = descend(from: candidate, on: line)
        }
        return result
    }

    private mutating func otherLine(above candidate: Int, than line: Int) -> Int? {
        guard open.count > 1 else { return nil }
        return open.indices.first { $0 != line && ancestors(of: open[$0]).contains(candidate) }
    }

    private mutating func ancestors(of revision: Int) -> Set<Int> {
        if let known = below[revision] { return known }
        let ancestors = reachable(from: [revision], over: prerequisites)
        below[revision] = ancestors
        return ancestors
    }

    private mutating func descend(from candidate: Int, on line: Int) -> Int {
        below[candidate] = nil
        let next = prerequisites[candidate].filter { remaining.contains($0) && !open.contains($0) }
        guard let first = next.first else {
            open.remove(at: line)
            return max(line - 1, 0)
        }
        open[line] = first
        open += next.dropFirst()
        return line
    }
}
