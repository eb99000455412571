package import Revisions

/// What is applied, by a ledger's rows and the files together.
package struct LedgerContents: Sendable {
    /// Every revision that the ledger knows of, half done ones included: in the order they were applied where it knows that,
    /// else in the order of the graph.
    package let entries: [LedgerEntry]
    /// Whether the ledger knows when each revision was applied, and by which file.
    package var isJournal: Bool { rows == nil }
    /// The revisions of which all is there.
    package let applied: Set<Revision.ID>
    /// The entries of half done revisions.
    package let begun: [LedgerEntry]

    /// The rows of a table that holds the heads only, as they are.
    private let rows: [Revision.ID]?

    /// A ledger with a row for each revision.
    package init(journal entries: [LedgerEntry]) {
        self.init(entries, rows: nil)
    }

    private init(_ entries: [LedgerEntry], rows: [Revision.ID]?) {
        self.entries = entries
        self.rows = rows
        begun = entries.filter { !$0.isApplied }
        var applied = Set<Revision.ID>(minimumCapacity: entries.count)
        for entry in entries where entry.isApplied { applied.insert(entry.revision) }
        self.applied = applied
    }

    /// What is there to be undone: the applied revisions, and those that are being undone.
    package var revertible: Set<Revision.ID> {
        begun.isEmpty
            ? applied : applied.union(begun.lazy.filter { $0.state.direction == .down }.map(\.revision))
    }

    /// The revisions in the order they were applied, where the ledger knows it.
    package var journal: [Revision.ID]? {
        isJournal ? entries.filter { $0.state.direction != .up }.map(\.revision) : nil
    }

    /// The rows of a table for the heads only: those it has, or would have.
    package func rows(in graph: RevisionGraph) -> [Revision.ID] { rows ?? heads(in: graph) }

    /// What nothing applied stands on, and what no file has.
    package func heads(in graph: RevisionGraph) -> [Revision.ID] {
        graph.currentHeads(applied: revertible) + entries.map(\.revision).filter { !graph.contains($0) }
    }
}

extension LedgerRows {
    /// What the rows mean. A row that no file has stands for itself alone.
    package func contents(in graph: RevisionGraph) -> LedgerContents {
        switch self {
        case .journal(let entries): LedgerContents(journal: entries)
        case .heads(let rows, let begun): LedgerContents(heads: rows, begun: begun, in: graph)
        }
    }
}

extension LedgerContents {
    fileprivate init(heads: [Revision.ID], begun: [LedgerEntry], in graph: RevisionGraph) {
        let known = (try? graph.applied(rows: heads.filter(graph.contains))) ?? []
        let reverting = Set(begun.filter { $0.state.direction == .down }.map(\.revision))
        let whole = graph.ascending(known).filter { !reverting.contains($0) }
        let unknown = heads.filter { !graph.contains($0) }
        // Alembic may have finished, or stamped, what a run of ours left half applied.
        let open = begun.filter { $0.state.direction == .down || !known.contains($0.revision) }
        self.init((whole + unknown).map { LedgerEntry(revision: $0) } + open, rows: heads)
    }
}
