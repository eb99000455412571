// What must hold of every answer of ours, found out in the plainest way, without the graph that is tested.
extension OracleCase {
    /// Parents and dependencies of each revision.
    private var edges: [String: [String]] {
        let labelled = revisions.flatMap { listed in listed.labels.map { ($0, listed.id) } }
        let named = Dictionary(labelled) { first, _ in first }
        let edges = revisions.map { ($0.id, $0.down + $0.deps.map { named[$0] ?? $0 }) }
        return Dictionary(edges) { first, _ in first }
    }

    /// These revisions and everything they stand on.
    func below(_ starts: [String]) -> Set<String> {
        let edges = edges
        var found: Set<String> = []
        var open = starts
        while let next = open.popLast() {
            if found.insert(next).inserted { open += edges[next] ?? [] }
        }
        return found
    }

    /// Those that no other one stands on.
    func maximal(_ members: Set<String>) -> Set<String> {
        let edges = edges
        return members.subtracting(below(members.flatMap { edges[$0] ?? [] }))
    }

    /// Whether no member stands on another.
    func isAntichain(_ members: [String]) -> Bool { maximal(Set(members)) == Set(members) }

    /// Whether the steps can be taken one after the other, each on what it needs and under what needs it, and the rows
    /// after each say what is applied then.
    func isSound(_ answer: OracleAnswer) -> Bool {
        guard let steps = answer.steps, command != .stamp else { return true }
        let edges = edges
        var applied = below(rows)
        for step in steps {
            guard let revision = step.revision else { return false }
            let needs = edges[revision] ?? []
            switch command {
            case .downgrade:
                guard applied.remove(revision) != nil else { return false }
                if applied.contains(where: { edges[$0]?.contains(revision) == true }) { return false }
            default:
                guard needs.allSatisfy(applied.contains), applied.insert(revision).inserted else {
                    return false
                }
            }
            if maximal(applied) != Set(step.rows) { return false }
        }
        return true
    }
}
