// Alembic's rules for `history -r` and `show`: what a person asks to see.
extension RevisionGraph {
    /// The revisions that a target means, for the commands that only read.
    ///
    /// `-N` means N below each head, `label@-N` below each head of the branch, `+N` what `upgrade +N` would end at, and
    /// `current` what is applied. Base is no revision.
    ///
    /// - Throws: `RevisionError` when it means none, or one of several.
    package func resolve(
        _ target: RevisionTarget,
        applied: Set<Revision.ID> = []
    ) throws(RevisionError) -> [Revision.ID] {
        ids(try shown(target, applied: applied))
    }

    private func shown(
        _ target: RevisionTarget,
        applied: Set<Revision.ID>,
        overrun: Overrun = .fails
    ) throws(RevisionError) -> [Int] {
        switch target {
        case .current: return maximal(present(applied).members)
        case .place(let place, let branch): return try resolve(place, on: branch)
        case .steps(let count, let place, let branch):
            return try walk(from: place, on: branch, count, for: target, overrun: overrun).map { [$0] } ?? []
        case .stepsFromHere(let count, let branch):
            guard count < 0 else { return try destinations(of: target, applied: present(applied)) }
            let heads = try resolve(.heads, on: branch)
            return try below(heads, -count, for: target, overrun: overrun).compactMap { $0 }
        }
    }

    /// So many steps below each of the revisions; nil is base.
    private func below(
        _ starts: [Int],
        _ count: Int,
        for target: RevisionTarget,
        overrun: Overrun
    ) throws(RevisionError) -> [Int?] {
        var found: [Int?] = []
        for start in starts { found.append(try walk(from: start, -count, for: target, overrun: overrun)) }
        return unique(found)
    }

    /// The revisions of a range, newest first, both ends included.
    ///
    /// It is what stands below the end and follows the start along parents; from base, everything below the end. Counts
    /// that go too far stop at the end of the history, as in Alembic.
    ///
    /// - Throws: `RevisionError`, `.notAnAncestor` when the start is not below the end.
    package func history(
        _ range: RevisionRange = RevisionRange(),
        applied: Set<Revision.ID> = []
    ) throws(RevisionError) -> [Revision.ID] {
        let ends = try ends(of: range, applied)
        guard let starts = try starts(of: range, below: ends, applied) else {
            return ids(descending(ancestors(ends)))
        }
        let below = ancestors(ends)
        guard starts.allSatisfy({ below.contains($0) }) else {
            throw .notAnAncestor(
                start: range.start?.description ?? "base",
                end: range.end?.description ?? "heads"
            )
        }
        // What lies between without being shown is not walked through, as in Alembic.
        var walk = DescendingWalk(through: between(starts, ends, below), of: self)
        return ids(walk.run())
    }

    /// Along parents; where no end follows the start so, along dependencies too (an AssertionError in Alembic, 1.3).
    private func between(_ starts: [Int], _ ends: [Int], _ below: PositionSet) -> PositionSet {
        let following = children.reachable(from: starts)
        let above = ends.contains { following.contains($0) } ? following : descendants(starts)
        let started = PositionSet(starts, count: revisions.count)
        return below.intersection(above).subtracting(ancestors(starts)).union(started)
    }

    private func ends(of range: RevisionRange, _ applied: Set<Revision.ID>) throws(RevisionError) -> [Int] {
        let branch = range.start?.branch
        switch range.end {
        case nil: return try resolve(.heads, on: branch)
        case .some(.stepsFromHere(let count, let label)) where count > 0:
            let start = ancestors(try shown(range.start ?? .base, applied: applied, overrun: .stays))
            let target = RevisionTarget.stepsFromHere(count, on: label)
            let end = try stepsUp(count, on: label, from: start, for: target, overrun: .stays)
            return end.map { [$0] } ?? []
        case .some(let target):
            let ends = try shown(target, applied: applied, overrun: .stays)
            guard let branch else { return ends }
            let onBranch = try lineage(ofBranch: branch)
            guard labels[branch] != nil else { return ends.filter { onBranch?.contains($0) != false } }
            // Alembic asks for the label itself, which does not show below a branch point.
            let carriers = spreadLabels()
            return ends.filter { carriers[id($0)]?.contains(branch) == true }
        }
    }

    /// Where a range begins; nil is base. `-N` counts from the ends.
    private func starts(
        of range: RevisionRange,
        below ends: [Int],
        _ applied: Set<Revision.ID>
    ) throws(RevisionError) -> [Int]? {
        guard let start = range.start else { return nil }
        if case .stepsFromHere(let count, _) = start, count < 0 {
            let starts = try below(ends, -count, for: start, overrun: .stays)
            return starts.contains(nil) ? nil : starts.compactMap { $0 }
        }
        let starts = try shown(start, applied: applied, overrun: .stays)
        return starts.isEmpty ? nil : starts
    }
}
