/// An order in which everything comes after what it needs, or the circle that leaves none.
enum Topology {
    /// Takes away what has no open prerequisite, again and again (Kahn).
    ///
    /// - Parameter followers: The edges the other way.
    /// - Throws: `RevisionError.cycle`: what is left over stands in a circle, or above one.
    static func sorted(
        _ revisions: [Revision],
        over edges: Edges,
        followers: Edges
    ) throws(RevisionError) -> [Int] {
        var open = revisions.indices.map { edges.degree(of: $0) }
        var order = revisions.indices.filter { open[$0] == 0 }
        order.reserveCapacity(revisions.count)
        var next = 0
        while next < order.count {
            for follower in followers[order[next]] {
                open[follower] -= 1
                if open[follower] == 0 { order.append(follower) }
            }
            next += 1
        }
        guard let start = open.indices.first(where: { open[$0] > 0 }) else { return order }
        let circle = circle(from: start, over: edges, among: open)
        throw .cycle(circle.map { revisions[$0].id }, files: circle.map { revisions[$0].file })
    }

    /// Walks down among what is left over until a revision comes a second time.
    private static func circle(from start: Int, over edges: Edges, among open: [Int]) -> [Int] {
        var path: [Int] = []
        var seen = PositionSet(count: open.count)
        var next = start
        while seen.insert(next) {
            path.append(next)
            next = edges[next].first { open[$0] > 0 } ?? next
        }
        return Array(path.drop { $0 != next })
    }
}
