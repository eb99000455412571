extension RevisionGraph {
    /// The wanted revisions, highest first, so that everything comes before what it needs.
    ///
    /// Where the graph leaves a choice the order is Alembic's, so that a history runs the same way under both: one line is
    /// followed down to the fork, the other lines into the fork come before it.
    ///
    /// What lies between two wanted revisions without being wanted itself is walked too, and not returned: with a hole in
    /// what is applied, a revision may need another one only through something that is there already.
    func descending(_ wanted: PositionSet) -> [Int] {
        let members = wanted.members
        let space = ancestors(members).intersection(descendants(members))
        var walk = DescendingWalk(through: space, of: self)
        return walk.run().filter { wanted.contains($0) }
    }

    /// The wanted revisions, lowest first.
    func ascending(_ wanted: PositionSet) -> [Int] { descending(wanted).reversed() }

    /// The revisions that files have, each after what it needs.
    package func ascending(_ wanted: Set<Revision.ID>) -> [Revision.ID] { ids(ascending(present(wanted))) }

    /// Whether a file has the revision.
    package func contains(_ id: Revision.ID) -> Bool { positions[id] != nil }
}
