/// Resolves what revisions say of each other into positions, and finds what cannot be right.
struct RevisionIndex {
    let revisions: [Revision]
    let positions: [Revision.ID: Int]
    let labels: [String: Int]

    init(_ revisions: [Revision]) throws(RevisionError) {
        self.revisions = revisions
        positions = try Self.positions(of: revisions)
        labels = try Self.labels(of: revisions, beside: positions)
    }

    /// What separates or steers in a target.
    private static let illegalBytes = Array(" \t@-+:,".utf8)

    private static func positions(of revisions: [Revision]) throws(RevisionError) -> [Revision.ID: Int] {
        var positions: [Revision.ID: Int] = [:]
        positions.reserveCapacity(revisions.count)
        for (position, revision) in revisions.enumerated() {
            let illegal = revision.id.rawValue.utf8.first { Self.illegalBytes.contains($0) }
            if let illegal {
                let character = Character(UnicodeScalar(illegal))
                throw .illegalCharacter(character, in: revision.id.rawValue, file: revision.file)
            }
            if let earlier = positions.updateValue(position, forKey: revision.id) {
                throw .duplicate(revision.id, files: [revisions[earlier].file, revision.file])
            }
        }
        return positions
    }

    private static func labels(
        of revisions: [Revision],
        beside positions: [Revision.ID: Int]
    ) throws(RevisionError) -> [String: Int] {
        var labels: [String: Int] = [:]
        for (position, revision) in revisions.enumerated() {
            for label in revision.labels {
                let other =
                    labels.updateValue(position, forKey: label) ?? positions[Revision.ID(rawValue: label)]
                guard let other else { continue }
                throw .duplicateLabel(label, files: [revisions[other].file, revision.file])
            }
        }
        return labels
    }

    func parents() throws(RevisionError) -> [[Int]] {
        var result: [[Int]] = []
        result.reserveCapacity(revisions.count)
        for revision in revisions {
            var parents: [Int] = []
            for parent in revision.parents {
                guard let position = positions[parent] else {
                    throw .missingParent(parent, of: revision.id, file: revision.file)
                }
                if !parents.contains(position) { parents.append(position) }
            }
            result.append(parents)
        }
        return result
    }

    func dependencies() throws(RevisionError) -> [[Int]] {
        var result: [[Int]] = []
        result.reserveCapacity(revisions.count)
        for revision in revisions {
            var dependencies: [Int] = []
            for name in revision.dependencies {
                guard let position = positions[Revision.ID(rawValue: name)] ?? labels[name] else {
                    throw .missingDependency(name, of: revision.id, file: revision.file)
                }
                dependencies.append(position)
            }
            result.append(dependencies)
        }
        return result
    }

    /// Takes away what has no open prerequisite, again and again (Kahn); what is left over stands in or above a circle.
    func checkForCycles(following edges: [[Int]]) throws(RevisionError) {
        var open = edges.map(\.count)
        var followers = [[Int]](repeating: [], count: edges.count)
        for (from, targets) in edges.enumerated() {
            for target in targets { followers[target].append(from) }
        }
        var ready = open.indices.filter { open[$0] == 0 }
        while let next = ready.popLast() {
            for follower in followers[next] {
                open[follower] -= 1
                if open[follower] == 0 { ready.append(follower) }
            }
        }
        guard let start = open.indices.first(where: { open[$0] > 0 }) else { return }
        let circle = self.circle(from: start, over: edges, among: open)
        throw .cycle(circle.map { revisions[$0].id }, files: circle.map { revisions[$0].file })
    }

    /// Walks down among what is left over until a revision comes a second time.
    private func circle(from start: Int, over edges: [[Int]], among open: [Int]) -> [Int] {
        var path: [Int] = []
        var next = start
        while !path.contains(next) {
            path.append(next)
            next = edges[next].first { open[$0] > 0 } ?? next
        }
        return Array(path.drop { $0 != next })
    }
}
