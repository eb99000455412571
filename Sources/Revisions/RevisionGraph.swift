/// The revisions of a history and how they follow each other, checked to be complete, unambiguous and free of circles.
///
/// Revisions keep the order they were given in, which is the order of their files: it decides wherever the graph itself
/// leaves a choice. "Above" and "below" mean along parents and dependencies, unless a comment says along parents only.
package struct RevisionGraph: Sendable {
    /// All revisions, in the order of their files.
    package let revisions: [Revision]

    let positions: [Revision.ID: Int]
    let labels: [String: Int]
    let parents: Edges
    let children: Edges
    /// Parents, and the dependencies that no ancestor has already.
    let prerequisites: Edges
    /// What has a revision for a prerequisite.
    let dependents: Edges
    /// Positions in an order in which everything comes after what it needs.
    let topology: [Int]

    /// - Throws: `RevisionError` for a duplicate, a missing parent or dependency, a circle, or a label used twice.
    package init(_ revisions: [Revision]) throws(RevisionError) {
        let index = try RevisionIndex(revisions)
        parents = try index.parents()
        children = parents.inverse
        let dependencies = try index.dependencies()
        if dependencies.isEmpty {
            topology = try Topology.sorted(revisions, over: parents, followers: children)
            (prerequisites, dependents) = (parents, children)
        } else {
            let all = parents.joined(dependencies)
            topology = try Topology.sorted(revisions, over: all, followers: all.inverse)
            prerequisites = Prerequisites.edges(parents: parents, dependencies: dependencies, order: topology)
            dependents = prerequisites.inverse
        }
        self.revisions = revisions
        positions = index.positions
        labels = index.labels
    }

    /// The revision of that name, or nil.
    package subscript(id: Revision.ID) -> Revision? {
        positions[id].map { revisions[$0] }
    }

    /// Where the revision of that name stands in `revisions`, or nil.
    package func position(of id: Revision.ID) -> Int? { positions[id] }

    func id(_ position: Int) -> Revision.ID { revisions[position].id }

    func ids(_ positions: some Sequence<Int>) -> [Revision.ID] {
        positions.map { revisions[$0].id }
    }

    /// The positions of those of `ids` that a file has.
    func present(_ ids: some Sequence<Revision.ID>) -> PositionSet {
        PositionSet(ids.lazy.compactMap { positions[$0] }, count: revisions.count)
    }

    /// These revisions and everything below.
    func ancestors(_ starts: some Sequence<Int>) -> PositionSet { prerequisites.reachable(from: starts) }

    /// These revisions and everything above.
    func descendants(_ starts: some Sequence<Int>) -> PositionSet { dependents.reachable(from: starts) }

    /// What stands above or below a revision along parents only, itself included: Alembic's lineage.
    func lineage(of position: Int) -> PositionSet {
        parents.reachable(from: [position]).union(children.reachable(from: [position]))
    }

    /// The members that no other member stands above.
    func maximal(_ positions: some Sequence<Int>) -> [Int] {
        let members = PositionSet(positions, count: revisions.count)
        let below = ancestors(members.members.flatMap { prerequisites[$0] })
        return members.members.filter { !below.contains($0) }
    }
}
