// What the reading commands show: heads, branch points, merges, labels.
extension RevisionGraph {
    /// The revisions that no other one follows.
    package var heads: [Revision.ID] { ids(headPositions) }

    /// The heads that no other revision depends on either: what `heads` means as a target.
    package var effectiveHeads: [Revision.ID] { ids(effectiveHeadPositions) }

    /// The revisions that follow no other one.
    package var bases: [Revision.ID] { ids(basePositions) }

    /// The revisions that several others follow.
    package var branchPoints: [Revision.ID] {
        ids(revisions.indices.filter { children.degree(of: $0) > 1 })
    }

    /// The revisions that follow several others.
    package var mergePoints: [Revision.ID] {
        ids(revisions.indices.filter { parents.degree(of: $0) > 1 })
    }

    /// The revisions that follow `id`, in the order of their files.
    package func children(of id: Revision.ID) -> [Revision.ID] {
        positions[id].map { ids(children[$0]) } ?? []
    }

    /// Whether one revision stands below another along parents.
    package func isBelow(_ lower: Revision.ID, _ upper: Revision.ID) -> Bool {
        guard let lower = positions[lower], let upper = positions[upper], lower != upper else { return false }
        return parents.reachable(from: [upper]).contains(lower)
    }

    /// The applied revisions that no other applied one follows or depends on, in the order of their files.
    ///
    /// They are the rows of `alembic_version`.
    package func currentHeads(applied: Set<Revision.ID>) -> [Revision.ID] {
        let present = present(applied)
        let covered = PositionSet(present.members.flatMap { prerequisites[$0] }, count: revisions.count)
        return ids(present.subtracting(covered).members)
    }

    /// The applied revisions that no other applied one follows. `alembic current` shows those, too, that something
    /// applied only depends on.
    package func currentTips(applied: Set<Revision.ID>) -> [Revision.ID] {
        ids(branchTips(of: present(applied)))
    }

    /// The revisions not applied although something that needs them is: they came late, or were skipped.
    package func outOfOrder(applied: Set<Revision.ID>) -> [Revision.ID] {
        let present = present(applied)
        guard present.count < revisions.count else { return [] }
        return ids(ancestors(present.members).subtracting(present).members)
    }

    /// The members that no other member follows.
    func branchTips(of present: PositionSet) -> [Int] {
        let followed = parents.reachable(from: present.members.flatMap { parents[$0] })
        return present.members.filter { !followed.contains($0) }
    }
}
