/// Resolves what revisions say of each other into positions.
struct RevisionIndex {
    let revisions: [Revision]
    let positions: [Revision.ID: Int]
    let labels: [String: Int]

    /// - Throws: `RevisionError` for an ID that cannot be written in a target, and for a name used twice.
    init(_ revisions: [Revision]) throws(RevisionError) {
        self.revisions = revisions
        positions = try Self.positions(of: revisions)
        labels = try Self.labels(of: revisions, beside: positions)
    }

    private static func positions(of revisions: [Revision]) throws(RevisionError) -> [Revision.ID: Int] {
        var positions: [Revision.ID: Int] = [:]
        positions.reserveCapacity(revisions.count)
        for position in revisions.indices {
            let id = revisions[position].id
            if let character = RevisionTarget.reservedCharacter(in: id.rawValue) {
                throw .illegalCharacter(character, in: id.rawValue, file: revisions[position].file)
            }
            if RevisionTarget.isWord(id.rawValue) {
                throw .word(id.rawValue, file: revisions[position].file)
            }
            if let earlier = positions.updateValue(position, forKey: id) {
                throw .duplicate(id, files: [revisions[earlier].file, revisions[position].file])
            }
        }
        return positions
    }

    private static func labels(
        of revisions: [Revision],
        beside positions: [Revision.ID: Int]
    ) throws(RevisionError) -> [String: Int] {
        var labels: [String: Int] = [:]
        for position in revisions.indices {
            for label in revisions[position].labels {
                if RevisionTarget.isWord(label) { throw .word(label, file: revisions[position].file) }
                let other =
                    labels.updateValue(position, forKey: label) ?? positions[Revision.ID(rawValue: label)]
                guard let other else { continue }
                throw .duplicateLabel(label, files: [revisions[other].file, revisions[position].file])
            }
        }
        return labels
    }

    /// - Throws: `RevisionError.missingParent`.
    func parents() throws(RevisionError) -> Edges {
        var result = Edges(capacity: revisions.count)
        for index in revisions.indices {
            let parents = revisions[index].parents
            if parents.count == 1 {
                result.append(CollectionOfOne(try position(ofParent: parents[0], of: index)))
            } else {
                var places: [Int] = []
                for parent in parents { places.append(try position(ofParent: parent, of: index)) }
                result.append(unique(places))
            }
        }
        return result
    }

    private func position(ofParent parent: Revision.ID, of index: Int) throws(RevisionError) -> Int {
        // Most revisions follow the one before them: then there is nothing to look up.
        if index > 0, revisions[index - 1].id == parent { return index - 1 }
        guard let position = positions[parent] else {
            throw .missingParent(parent, of: revisions[index].id, file: revisions[index].file)
        }
        return position
    }

    /// Dependencies name a revision exactly, or the label of one; never the beginning of a name, as in Alembic.
    ///
    /// - Throws: `RevisionError.missingDependency`.
    func dependencies() throws(RevisionError) -> Edges {
        var result = Edges(capacity: revisions.count)
        for index in revisions.indices {
            let names = revisions[index].dependencies
            guard !names.isEmpty else {
                result.append(EmptyCollection())
                continue
            }
            var dependencies: [Int] = []
            for name in names {
                guard let position = positions[Revision.ID(rawValue: name)] ?? labels[name] else {
                    throw .missingDependency(name, of: revisions[index].id, file: revisions[index].file)
                }
                dependencies.append(position)
            }
            result.append(unique(dependencies))
        }
        return result
    }
}

/// The items once each, where they stand first.
func unique<Item: Hashable>(_ items: [Item]) -> [Item] {
    guard items.count > 1 else { return items }
    var seen: Set<Item> = []
    return items.filter { seen.insert($0).inserted }
}
