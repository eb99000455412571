// Alembic's rules for `stamp` (2.7): to say what is applied, without applying it.
extension RevisionGraph {
    /// What counts as applied after a stamp, for a ledger that knows every applied revision.
    ///
    /// What is below a target counts as applied, what is above it does not, and everything else stays as it is. To
    /// stamp `base` is to forget everything, `label@base` everything that only revisions on that lineage stand on.
    /// Several targets are all to hold at once,
    /// and `base` among others adds nothing, as in Alembic.
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
        let destinations = try destinations(ofStamp: targets, applied: present)
        if destinations.isEmpty {
            let forgotten = try related(toBranchesOf: targets)
            let kept = maximal(present.members).filter { !forgotten.contains($0) }
            present = present.intersection(ancestors(kept))
        } else {
            present = present.subtracting(descendants(destinations)).union(ancestors(destinations))
        }
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
        let present = try positions(ofRows: purge ? [] : rows)
        let destinations = try destinations(ofStamp: targets, applied: ancestors(present))
        let replaced =
            destinations.isEmpty
            ? try related(toBranchesOf: targets) : ancestors(destinations).union(descendants(destinations))
        return ids(maximal(destinations + present.filter { !replaced.contains($0) }))
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

    /// What stands above or below the branches of `base`, dependencies included; without a branch, everything.
    private func related(toBranchesOf targets: [RevisionTarget]) throws(RevisionError) -> PositionSet {
        var roots: [Int] = []
        for target in targets {
            guard let branch = target.branch else {
                return PositionSet(revisions.indices, count: revisions.count)
            }
            roots.append(try root(ofBranch: branch))
        }
        return ancestors(roots).union(descendants(roots))
    }
}
