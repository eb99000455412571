// Alembic's rules for `downgrade`, from the set of what is applied.
extension RevisionGraph {
    /// What has to be undone to come down to `target`, with everything applied that depends on it.
    ///
    /// - Parameters:
    ///   - applied: What the database has. Revisions that no file has are of no concern, until one is to be undone.
    ///   - journal: The applied revisions in the order they were applied, when the ledger knows it; see `lastApplied`.
    /// - Throws: `RevisionError` when the target is unknown, ambiguous, or not below what is applied.
    package func plan(
        downgradeTo target: RevisionTarget,
        applied: Set<Revision.ID>,
        journal: [Revision.ID]? = nil
    ) throws(RevisionError) -> Plan {
        let present = present(applied)
        if case .stepsFromHere(let count, let branch) = target {
            guard count < 0 else { throw .wrongDirection(target: target.description) }
            let undone = try lastApplied(-count, on: branch, applied, journal: journal, for: target)
            return plan(undoing: undone, of: present)
        }
        return try plan(downTo: goal(of: target), target, present)
    }

    /// The revision that is to stay, or nil for base.
    ///
    /// The branch of a revision is not asked for here: it only chooses among what stands above (Alembic's tests
    /// `test_downgrade_single_branch_*`).
    private func goal(of target: RevisionTarget) throws(RevisionError) -> Int? {
        switch target {
        case .place(.named(let name), _): try resolve(name)
        case .place(let place, let branch): try resolveOne(place, on: branch)
        case .steps(let count, let place, let branch): try walk(from: place, on: branch, count, for: target)
        case .stepsFromHere: nil
        }
    }

    private func plan(
        downTo goal: Int?,
        _ target: RevisionTarget,
        _ present: PositionSet
    ) throws(RevisionError) -> Plan {
        let current = maximal(present.members)
        var roots = goal.map { Array(children[$0]) } ?? basePositions
        if let branch = target.branch, roots.count > 1 {
            let below = parents.reachable(from: [try root(ofBranch: branch)])
            roots = roots.filter { below.contains($0) }
            guard !roots.isEmpty else { throw notBelow(target, current) }
        }
        let plan = plan(undoing: roots, of: present)
        if let goal, plan.isEmpty, !current.contains(goal) { throw notBelow(target, current) }
        return plan
    }

    private func notBelow(_ target: RevisionTarget, _ current: [Int]) -> RevisionError {
        .notBelowCurrent(target: target.description, current: ids(current))
    }

    private func plan(undoing roots: [Int], of present: PositionSet) -> Plan {
        let steps = descending(descendants(roots).intersection(present))
        return Plan(.down, ids(steps), ifIdle: .alreadyThere(ids(maximal(present.members))))
    }
}
