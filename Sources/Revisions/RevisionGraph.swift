/// The revisions of a history and how they follow each other, checked to be complete, unambiguous and free of circles.
///
/// Revisions keep the order they were given in, which is the order of their files: it decides wherever the graph itself
/// leaves a choice.
package struct RevisionGraph: Sendable {
    /// All revisions, in the order of their files.
    package let revisions: [Revision]

    let positions: [Revision.ID: Int]
    let labels: [String: Int]
    let parents: [[Int]]
    let children: [[Int]]
    /// Parents, and the dependencies that no ancestor has already.
    let prerequisites: [[Int]]

    /// - Throws: `RevisionError` for a duplicate, a missing parent or dependency, a circle, or a label used twice.
    package init(_ revisions: [Revision]) throws(RevisionError) {
        let index = try RevisionIndex(revisions)
        let parents = try index.parents()
        let dependencies = try index.dependencies()
        try index.checkForCycles(following: zip(parents, dependencies).map { $0 + $1 })
        self.revisions = revisions
        self.parents = parents
        positions = index.positions
        labels = index.labels
        children = inverse(of: parents)
        prerequisites = normalized(parents: parents, dependencies: dependencies)
    }

    /// The revision of that name, or nil.
    package subscript(id: Revision.ID) -> Revision? {
        positions[id].map { revisions[$0] }
    }

    /// The revisions that no other one follows.
    package var heads: [Revision.ID] {
        ids(revisions.indices.filter { children[$0].isEmpty })
    }

    /// The revisions that follow no other one.
    package var bases: [Revision.ID] {
        ids(revisions.indices.filter { parents[$0].isEmpty })
    }

    func ids(_ indices: some Sequence<Int>) -> [Revision.ID] {
        indices.map { revisions[$0].id }
    }
}

private func inverse(of edges: [[Int]]) -> [[Int]] {
    var result = [[Int]](repeating: [], count: edges.count)
    for (from, targets) in edges.enumerated() {
        for target in targets { result[target].append(from) }
    }
    return result
}

/// Leaves out dependencies that an ancestor along parents has as well: they order nothing (Alembic #789).
private func normalized(parents: [[Int]], dependencies: [[Int]]) -> [[Int]] {
    parents.indices.map { revision in
        guard !dependencies[revision].isEmpty else { return parents[revision] }
        let inherited = reachable(from: parents[revision], over: parents).flatMap { dependencies[$0] }
        let own = dependencies[revision].filter { !inherited.contains($0) && !parents[revision].contains($0) }
        return parents[revision] + own
    }
}

/// Everything that can be reached from `starts` along `edges`, the starts included.
func reachable(from starts: some Sequence<Int>, over edges: [[Int]]) -> Set<Int> {
    var found = Set(starts)
    var open = Array(found)
    while let next = open.popLast() {
        for neighbour in edges[next] where found.insert(neighbour).inserted { open.append(neighbour) }
    }
    return found
}
