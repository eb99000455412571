// Names and symbols to positions: what Alembic calls resolving an identifier.
extension RevisionGraph {
    /// The revision that a name means: its ID, a branch label, or the beginning of exactly one of either.
    ///
    /// As in Alembic one character is enough, and a name of three characters or fewer must be written in full.
    ///
    /// - Throws: `RevisionError.unknownTarget`, `.ambiguousTarget` or `.notOnBranch`.
    func resolve(_ name: String, on branch: PositionSet? = nil, called label: String = "")
        throws(RevisionError) -> Int
    {
        if let position = exact(name) {
            guard branch?.contains(position) != false else { throw .notOnBranch(id(position), branch: label) }
            return position
        }
        let matches = positions(beginningWith: name).filter { branch?.contains($0) != false }
        guard let match = matches.first else { throw .unknownTarget(name) }
        guard matches.count == 1 else { throw .ambiguousTarget(name, matches: ids(matches)) }
        return match
    }

    private func exact(_ name: String) -> Int? {
        positions[Revision.ID(rawValue: name)] ?? labels[name]
    }

    private func positions(beginningWith start: String) -> [Int] {
        let byID = revisions.indices.filter { matches(revisions[$0].id.rawValue, start) }
        let byLabel = labels.filter { matches($0.key, start) }.map(\.value).sorted()
        return unique(byID + byLabel)
    }

    private func matches(_ name: String, _ start: String) -> Bool {
        name.hasPrefix(start) && name.unicodeScalars.count > 3
    }

    /// The revision that stands for a branch: the labelled one, or any revision that is named in a label's place.
    ///
    /// - Throws: `RevisionError.unknownBranch` or `.ambiguousTarget`.
    func root(ofBranch name: String) throws(RevisionError) -> Int {
        do throws(RevisionError) {
            return try resolve(name)
        } catch {
            if case .unknownTarget = error { throw .unknownBranch(name) }
            throw error
        }
    }

    /// What shares a lineage with a branch; nil without one, which is everything.
    func lineage(ofBranch name: String?) throws(RevisionError) -> PositionSet? {
        guard let name else { return nil }
        return lineage(of: try root(ofBranch: name))
    }

    /// The revisions at a place; none is base.
    ///
    /// - Throws: `RevisionError`, `.severalHeads` when one is asked for and there are more.
    func resolve(_ place: RevisionTarget.Place, on branch: String?) throws(RevisionError) -> [Int] {
        let lineage = try lineage(ofBranch: branch)
        switch place {
        case .base: return []
        case .named(let name): return [try resolve(name, on: lineage, called: branch ?? "")]
        case .heads:
            guard let lineage else { return effectiveHeadPositions }
            return headPositions.filter { lineage.contains($0) }
        case .head:
            let heads = headPositions.filter { lineage?.contains($0) != false }
            guard heads.count <= 1 else { throw .severalHeads(ids(heads)) }
            return heads
        }
    }

    /// The one revision at a place, or nil for base.
    ///
    /// - Throws: `RevisionError.severalHeads` for `heads` when there are several.
    func resolveOne(_ place: RevisionTarget.Place, on branch: String?) throws(RevisionError) -> Int? {
        let found = try resolve(place, on: branch)
        guard found.count <= 1 else { throw .severalHeads(ids(found)) }
        return found.first
    }

    var headPositions: [Int] { revisions.indices.filter { children.degree(of: $0) == 0 } }

    var effectiveHeadPositions: [Int] { revisions.indices.filter { dependents.degree(of: $0) == 0 } }

    var basePositions: [Int] { revisions.indices.filter { parents.degree(of: $0) == 0 } }
}
