extension RevisionGraph {
    /// The revision that a name means: its ID, the beginning of exactly one ID, or a branch label.
    ///
    /// - Throws: `RevisionError.unknownTarget` or `.ambiguousTarget`.
    func resolve(_ name: String) throws(RevisionError) -> Int {
        if let position = positions[Revision.ID(rawValue: name)] ?? labels[name] { return position }
        let matches = revisions.indices.filter { revisions[$0].id.rawValue.hasPrefix(name) }
        guard let match = matches.first else { throw .unknownTarget(name) }
        guard matches.count == 1 else { throw .ambiguousTarget(name, matches: ids(matches)) }
        return match
    }

    /// The revisions that `target` means when `applied` are there.
    ///
    /// - Throws: `RevisionError` when it means none, or more than one where one is asked for.
    func destinations(of target: RevisionTarget, applied: Set<Int>) throws(RevisionError) -> [Int] {
        switch target {
        case .heads: headPositions
        case .head: try only(headPositions)
        case .named(let name): [try resolve(name)]
        case .headOf(let name): try only(headsAbove(try resolve(name)))
        case .stepsUp(let count): try stepsUp(count, from: applied)
        }
    }

    private var headPositions: [Int] {
        revisions.indices.filter { children[$0].isEmpty }
    }

    private func headsAbove(_ revision: Int) -> [Int] {
        let above = reachable(from: [revision], over: children)
        return headPositions.filter { above.contains($0) }
    }

    private func only(_ heads: [Int]) throws(RevisionError) -> [Int] {
        guard heads.count <= 1 else { throw .severalHeads(ids(heads)) }
        return heads
    }

    private func stepsUp(_ count: Int, from applied: Set<Int>) throws(RevisionError) -> [Int] {
        var reached = applied
        var last: Int?
        for step in 0..<count {
            let next = revisions.indices.filter { position in
                !reached.contains(position) && prerequisites[position].allSatisfy { reached.contains($0) }
            }
            guard let only = next.first else { throw .tooFewSteps(target: "+\(count)", available: step) }
            guard next.count == 1 else {
                throw .ambiguousWalk(from: last.map { revisions[$0].id }, next: ids(next))
            }
            reached.insert(only)
            last = only
        }
        return last.map { [$0] } ?? []
    }
}
