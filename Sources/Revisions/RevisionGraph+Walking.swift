// Counting steps. They follow parents and children only, as in Alembic; dependencies are no steps.
extension RevisionGraph {
    /// What a walk does when the history ends before the count does.
    enum Overrun {
        /// It is an error.
        case fails
        /// The walk stays at the end, which is what `history` wants.
        case stays
    }

    /// The end of a walk; nil is base.
    ///
    /// - Parameters:
    ///   - start: Where it begins; nil is base.
    ///   - count: How far: up when positive, else down.
    ///   - branch: What steps up are restricted to.
    ///   - target: The text the walk was asked for with, for messages.
    /// - Throws: `RevisionError.tooFewSteps` or `.ambiguousWalk`.
    func walk(
        from start: Int?,
        _ count: Int,
        within branch: PositionSet? = nil,
        for target: RevisionTarget,
        overrun: Overrun = .fails
    ) throws(RevisionError) -> Int? {
        var position = start
        for step in 0..<count.magnitude {
            let next = count > 0 ? above(position, within: branch) : position.map { Array(parents[$0]) } ?? []
            guard next.count <= 1 else {
                throw .ambiguousWalk(from: position.map { id($0) }, next: ids(next))
            }
            let isEnd = next.isEmpty && (count > 0 || position == nil)
            if isEnd, overrun == .stays { return position }
            guard !isEnd else { throw .tooFewSteps(target: target.description, available: Int(step)) }
            position = next.first
        }
        return position
    }

    private func above(_ position: Int?, within branch: PositionSet?) -> [Int] {
        let next = position.map { Array(children[$0]) } ?? basePositions
        return next.filter { branch?.contains($0) != false }
    }

    /// The end of a walk from a named place.
    ///
    /// The branch of a walk down must have the place; that of a walk up chooses among the ways from there.
    func walk(
        from place: RevisionTarget.Place,
        on branch: String?,
        _ count: Int,
        for target: RevisionTarget,
        overrun: Overrun = .fails
    ) throws(RevisionError) -> Int? {
        if count < 0 {
            let start = try resolveOne(place, on: branch)
            return try walk(from: start, count, for: target, overrun: overrun)
        }
        let start = try resolveOne(place, on: nil)
        let lineage = try lineage(ofBranch: branch)
        return try walk(from: start, count, within: lineage, for: target, overrun: overrun)
    }
}
