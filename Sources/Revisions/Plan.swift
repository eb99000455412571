/// What is to be applied, in order. Made before anything is done, from values alone.
package struct Plan: Sendable, Hashable {
    /// The revisions to apply, lowest first.
    package let steps: [Revision.ID]

    /// Whether nothing is to be done.
    package var isEmpty: Bool { steps.isEmpty }
}

extension RevisionGraph {
    /// What is missing from `applied` to have `target`, with everything it needs.
    ///
    /// - Parameter applied: What the database has. Revisions that no file has are of no concern here.
    /// - Throws: `RevisionError` when the target is unknown or ambiguous.
    package func plan(
        upgradeTo target: RevisionTarget,
        applied: Set<Revision.ID>
    ) throws(RevisionError) -> Plan {
        let present = Set(applied.compactMap { positions[$0] })
        let destinations = try destinations(of: target, applied: present)
        let wanted = reachable(from: destinations, over: prerequisites).subtracting(present)
        return Plan(steps: ids(ordered(wanted)))
    }

    /// The applied revisions that no other applied one follows or depends on, in the order of their files.
    package func currentHeads(applied: Set<Revision.ID>) -> [Revision.ID] {
        let present = Set(applied.compactMap { positions[$0] })
        let covered = Set(present.flatMap { prerequisites[$0] })
        return ids(present.subtracting(covered).sorted())
    }

    /// The revisions not applied although something that needs them is: they came late, or were skipped.
    package func outOfOrder(applied: Set<Revision.ID>) -> [Revision.ID] {
        let present = Set(applied.compactMap { positions[$0] })
        guard present.count < revisions.count else { return [] }
        return ids(reachable(from: present, over: prerequisites).subtracting(present).sorted())
    }
}
