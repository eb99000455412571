// Alembic's rules for `stamp` (2.7): to say what is applied, without applying it.
extension RevisionGraph {
    /// What counts as applied after a stamp, for a ledger that knows every applied revision.
    ///
    /// What is below a target counts as applied, what is above it does not, and everything else stays as it is. To
    /// stamp `base` is to forget everything, `label@base` everything that only revisions on that lineage stand on.
    /// Several targets are all to hold at once.
    ///
    /// - Parameter purge: Forget everything first, what no file has included.
    /// - Throws: `RevisionError` when a target is unknown or ambiguous.
    package func applied(
        stamping targets: [RevisionTarget],
        applied: Set<Revision.ID>,
        purge: Bool = false
    ) throws(RevisionError) -> Set<Revision.ID> {
        let foreign = purge ? [] : applied.filter { positions[$0] == nil }
        var present = purge ? PositionSet(count: revisions.count) : present(applied)
        for case .place(.base, let branch) in targets {
            let lineage = try related(to: branch)
            let kept = maximal(present.members).filter { !lineage.contains($0) }
            present = present.intersection(ancestors(kept))
        }
        let destinations = try destinations(ofStamp: targets, applied: present)
        let below = ancestors(destinations)
        present = present.subtracting(descendants(destinations)).union(below)
        return Set(ids(present.members)).union(foreign)
    }

    /// The rows of `alembic_version` after a stamp.
    ///
    /// A target takes the place of every row above or below it, dependencies included, and the other rows stay. That
    /// differs from `applied(stamping:)` below a merge: its other parents are no rows, and are forgotten with it.
    ///
    /// - Throws: `RevisionError`, `.notInFiles` for a row without a file, unless it is purged.
    package func rows(
        stamping targets: [RevisionTarget],
        rows: [Revision.ID],
        purge: Bool = false
    ) throws(RevisionError) -> [Revision.ID] {
        var kept = try positions(ofRows: purge ? [] : rows)
        for case .place(.base, let branch) in targets {
            let lineage = try related(to: branch)
            kept = kept.filter { !lineage.contains($0) }
        }
        let destinations = try destinations(ofStamp: targets, applied: ancestors(kept))
        let related = ancestors(destinations).union(descendants(destinations))
        return ids(maximal(destinations + kept.filter { !related.contains($0) }))
    }

    private func destinations(
        ofStamp targets: [RevisionTarget],
        applied: PositionSet
    ) throws(RevisionError) -> [Int] {
        var found: [Int] = []
        for target in targets {
            if case .stepsFromHere(..<0, _) = target { throw .wrongDirection(target: target.description) }
            found += try destinations(of: target, applied: applied)
        }
        return maximal(found)
    }

    /// What stands above or below a branch, dependencies included; without one, everything.
    private func related(to branch: String?) throws(RevisionError) -> PositionSet {
        guard let branch else { return PositionSet(revisions.indices, count: revisions.count) }
        let root = try root(ofBranch: branch)
        return ancestors([root]).union(descendants([root]))
    }
}
