/// Parents, and the dependencies that no ancestor along parents has already (Alembic #789).
///
/// Whether an ancestor has a dependency is asked for 64 of the depended-on revisions at once: a bit for each travels up
/// the history. So many dependencies cost a pass for every 64 of them, not a walk for each.
struct Prerequisites {
    private let parents: Edges
    private let dependencies: Edges
    /// Positions, everything after its parents.
    private let order: [Int]
    private let rank: [Int]
    /// The dependencies to leave out, by the revision that has them.
    private var inherited: [Int: Set<Int>] = [:]

    static func edges(parents: Edges, dependencies: Edges, order: [Int]) -> Edges {
        var prerequisites = Prerequisites(parents: parents, dependencies: dependencies, order: order)
        prerequisites.findInherited()
        return prerequisites.combined()
    }

    private init(parents: Edges, dependencies: Edges, order: [Int]) {
        self.parents = parents
        self.dependencies = dependencies
        self.order = order
        var rank = [Int](repeating: 0, count: order.count)
        for (index, position) in order.enumerated() { rank[position] = index }
        self.rank = rank
    }

    private mutating func findInherited() {
        let dependents = dependencies.inverse
        let shared = order.filter { dependents.degree(of: $0) > 1 }
        for first in stride(from: 0, to: shared.count, by: 64) {
            pass(for: Array(shared[first..<min(first + 64, shared.count)]), dependents)
        }
    }

    /// Lets the bits of `shared` travel from the lowest of their dependents up to the highest.
    private mutating func pass(for shared: [Int], _ dependents: Edges) {
        var own: [Int: UInt64] = [:]
        for (bit, dependency) in shared.enumerated() {
            for dependent in dependents[dependency] { own[dependent, default: 0] |= 1 << bit }
        }
        let ranks = own.keys.map { rank[$0] }
        guard let lowest = ranks.min(), let highest = ranks.max() else { return }
        var carried = [UInt64](repeating: 0, count: highest - lowest + 1)
        for index in lowest...highest {
            let position = order[index]
            var above: UInt64 = 0
            for parent in parents[position] where rank[parent] >= lowest {
                above |= carried[rank[parent] - lowest]
            }
            if let bits = own[position], bits & above != 0 { note(bits & above, of: shared, at: position) }
            carried[index - lowest] = above | (own[position] ?? 0)
        }
    }

    private mutating func note(_ bits: UInt64, of shared: [Int], at position: Int) {
        for (bit, dependency) in shared.enumerated() where bits & (1 << bit) != 0 {
            inherited[position, default: []].insert(dependency)
        }
    }

    private func combined() -> Edges {
        var result = Edges(capacity: parents.count)
        for position in 0..<parents.count {
            let own = dependencies[position]
            guard !own.isEmpty else {
                result.append(parents[position])
                continue
            }
            let left = own.filter { inherited[position]?.contains($0) != true }
            result.append(unique(parents[position] + left))
        }
        return result
    }
}
