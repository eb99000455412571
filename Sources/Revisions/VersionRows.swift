/// One statement on a table with a row for each current head.
package enum RowChange: Hashable, Sendable {
    case insert(Revision.ID)
    case update(from: Revision.ID, to: Revision.ID)
    case delete(Revision.ID)
}

/// The rows of `alembic_version`: the maximal elements of what is applied, which says it all and no order (2.9).
///
/// Alembic arrives at the same rows by rules of its own, except where it breaks: when a revision depends on what stands
/// below it anyway, or a merge lists one of its other parents' ancestors.
package struct VersionRows: Sendable {
    private let graph: RevisionGraph
    private var applied: PositionSet
    /// How many applied revisions stand directly on each one.
    private var covers: [Int]
    /// Rows that others imply (Alembic #1373): they go with the first step.
    private var redundant: [Int]
    /// The rows as they are; at first they may hold more than the maximal elements.
    package private(set) var rows: Set<Revision.ID>

    /// - Throws: `RevisionError.notInFiles` for a row that no file has.
    package init(_ rows: [Revision.ID], of graph: RevisionGraph) throws(RevisionError) {
        self.graph = graph
        self.rows = Set(rows)
        let positions = try graph.positions(ofRows: rows)
        applied = graph.ancestors(positions)
        covers = [Int](repeating: 0, count: graph.revisions.count)
        for position in applied.members {
            for prerequisite in graph.prerequisites[position] { covers[prerequisite] += 1 }
        }
        redundant = positions.filter { [covers] in covers[$0] > 0 }
    }

    /// What recording one step of a plan changes.
    ///
    /// One row that goes and one that comes are an update; of several, the last ones. In a plan's order a step touches
    /// no row but its own and those of what it stands on.
    package mutating func take(_ step: Revision.ID, _ direction: Plan.Direction) -> [RowChange] {
        guard let position = graph.positions[step] else { return [] }
        defer { redundant = [] }
        switch direction {
        case .up:
            applied.insert(position)
            for prerequisite in graph.prerequisites[position] { covers[prerequisite] += 1 }
        case .down:
            applied.remove(position)
            for prerequisite in graph.prerequisites[position] { covers[prerequisite] -= 1 }
        }
        return change(around: [position] + graph.prerequisites[position] + redundant)
    }

    private mutating func change(around positions: [Int]) -> [RowChange] {
        var (gone, come): ([Revision.ID], [Revision.ID]) = ([], [])
        for position in unique(positions) {
            let id = graph.id(position)
            let isRow = applied.contains(position) && covers[position] == 0
            if isRow, rows.insert(id).inserted { come.append(id) }
            if !isRow, rows.remove(id) != nil { gone.append(id) }
        }
        return RowChange.changes(removing: gone, adding: come)
    }
}

extension RowChange {
    /// The fewest statements: deletions, then updates, then insertions.
    package static func changes(removing gone: [Revision.ID], adding come: [Revision.ID]) -> [RowChange] {
        let updates = min(gone.count, come.count)
        return gone.dropLast(updates).map(RowChange.delete)
            + zip(gone.suffix(updates), come.suffix(updates)).map { .update(from: $0, to: $1) }
            + come.dropLast(updates).map(RowChange.insert)
    }
}

extension RevisionGraph {
    /// What is applied when a table has these rows: they, and everything below.
    ///
    /// Rows that stand above each other are read as what they say together; Alembic refuses them (grampsweb#847).
    ///
    /// - Throws: `RevisionError.notInFiles` for a row that no file has.
    package func applied(rows: [Revision.ID]) throws(RevisionError) -> Set<Revision.ID> {
        Set(ids(ancestors(try positions(ofRows: rows)).members))
    }

    func positions(ofRows rows: [Revision.ID]) throws(RevisionError) -> [Int] {
        var found: [Int] = []
        for row in rows {
            guard let position = positions[row] else { throw .notInFiles(row) }
            found.append(position)
        }
        return found
    }
}
