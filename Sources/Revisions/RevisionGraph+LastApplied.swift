extension RevisionGraph {
    /// The revisions that `downgrade -N` undoes.
    ///
    /// - With a journal: the last N that were applied. What was applied before the journal began counts as older, in
    ///   the order of the graph.
    /// - With version rows only: N revisions down from the current one along parents, which is Alembic's answer. Where
    ///   it has none, because several revisions are current or a merge is on the way (2.5, 2.6), the N that come first on
    ///   the way down: those that an upgrade of all this would have applied last. So `-1` at a merge undoes the merge,
    ///   and the next `-1` the parent whose line an upgrade takes last.
    ///
    /// With a branch, only what shares its lineage is counted.
    func lastApplied(
        _ count: Int,
        on branch: String?,
        _ applied: Set<Revision.ID>,
        journal: [Revision.ID]?,
        for target: RevisionTarget
    ) throws(RevisionError) -> [Int] {
        let present = present(applied)
        let lineage = try lineage(ofBranch: branch)
        if journal == nil, let line = try line(down: count, from: present, on: lineage, for: target) {
            return line
        }
        let journaled = try journaled(journal ?? [], applied, atLeast: count)
        let known = PositionSet(journaled, count: revisions.count)
        let order = journaled + descending(present).filter { !known.contains($0) }
        let counted = order.filter { lineage?.contains($0) != false }
        guard counted.count >= count else {
            throw .tooFewSteps(target: target.description, available: counted.count)
        }
        return Array(counted.prefix(count))
    }

    /// The journal backwards, without what has been undone since. The last ones must be in the files.
    private func journaled(
        _ journal: [Revision.ID],
        _ applied: Set<Revision.ID>,
        atLeast count: Int
    ) throws(RevisionError) -> [Int] {
        let entries = unique(journal.reversed().filter { applied.contains($0) })
        if let missing = entries.prefix(count).first(where: { positions[$0] == nil }) {
            throw .notInFiles(missing)
        }
        return entries.compactMap { positions[$0] }
    }

    /// The revisions on the way down along parents, from the one that is current; nil when there is not one way.
    private func line(
        down count: Int,
        from present: PositionSet,
        on lineage: PositionSet?,
        for target: RevisionTarget
    ) throws(RevisionError) -> [Int]? {
        let starts = tips(of: present, on: lineage)
        guard starts.count == 1 else { return nil }
        var line = starts
        while line.count < count {
            let below = line.last.map { parents[$0] } ?? []
            guard below.count <= 1 else { return nil }
            guard let next = below.first else {
                throw .tooFewSteps(target: target.description, available: line.count)
            }
            line.append(next)
        }
        return line
    }

    /// The current revisions on a branch; else the tips of it that current ones only depend on.
    private func tips(of present: PositionSet, on lineage: PositionSet?) -> [Int] {
        let current = maximal(present.members)
        guard let lineage else { return current }
        let onBranch = current.filter { lineage.contains($0) }
        return onBranch.isEmpty ? branchTips(of: present).filter { lineage.contains($0) } : onBranch
    }
}
