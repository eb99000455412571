// Alembic's rules for `upgrade`, from the set of what is applied.
extension RevisionGraph {
    /// What is missing from `applied` to have `target`, with everything it needs.
    ///
    /// A target that is applied already, or base, plans nothing, and the plan says why.
    ///
    /// - Parameter applied: What the database has. Revisions that no file has are of no concern here.
    /// - Throws: `RevisionError` when the target is unknown or ambiguous.
    package func plan(
        upgradeTo target: RevisionTarget,
        applied: Set<Revision.ID>
    ) throws(RevisionError) -> Plan {
        try plan(upgradeTo: target, from: present(applied))
    }

    /// The same from what of the files is applied.
    func plan(upgradeTo target: RevisionTarget, from present: PositionSet) throws(RevisionError) -> Plan {
        let destinations = try destinations(of: target, applied: present)
        let steps = ascending(ancestors(destinations).subtracting(present))
        let current = PositionSet(maximal(present.members), count: revisions.count)
        let isCurrent = !destinations.isEmpty && destinations.allSatisfy { current.contains($0) }
        return Plan(
            .up,
            ids(steps),
            ifIdle: isCurrent || present.isEmpty
                ? .alreadyThere(ids(destinations)) : .alreadyAbove(ids(destinations))
        )
    }

    /// The revisions that `target` means when `applied` are there; none is base.
    func destinations(
        of target: RevisionTarget,
        applied: PositionSet
    ) throws(RevisionError) -> [Int] {
        switch target {
        case .place(let place, let branch): try resolve(place, on: branch)
        case .steps(let count, let place, let branch):
            try walk(from: place, on: branch, count, for: target).map { [$0] } ?? []
        case .stepsFromHere(let count, let branch):
            try stepsUp(count, on: branch, from: applied, for: target).map { [$0] } ?? []
        }
    }

    /// So many steps up from what is current; nil is base, where a walk that may stay has stayed.
    func stepsUp(
        _ count: Int,
        on branch: String?,
        from applied: PositionSet,
        for target: RevisionTarget,
        overrun: Overrun = .fails
    ) throws(RevisionError) -> Int? {
        guard count > 0 else { throw .wrongDirection(target: target.description) }
        let lineage = try lineage(ofBranch: branch)
        let starts = current(of: applied, on: lineage)
        guard starts.count <= 1 else { throw .severalCurrent(ids(starts), target: "+\(count)") }
        return try walk(from: starts.first, count, within: lineage, for: target, overrun: overrun)
    }

    /// What is current on a branch; when no current revision is on it, what of it the current ones stand on.
    private func current(of applied: PositionSet, on lineage: PositionSet?) -> [Int] {
        let current = maximal(applied.members)
        guard let lineage else { return current }
        let onBranch = current.filter { lineage.contains($0) }
        guard onBranch.isEmpty else { return onBranch }
        let active = ancestors(current).intersection(lineage).members
        let covered = PositionSet(active.flatMap { prerequisites[$0] }, count: revisions.count)
        return active.filter { !covered.contains($0) }
    }
}
