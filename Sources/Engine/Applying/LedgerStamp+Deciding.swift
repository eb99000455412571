import Ledgers
import Revisions
import Scripts

extension LedgerStamp {
    /// What a stamp changes: in a journal the revisions that come and go, in a table of heads its rows.
    ///
    /// - Throws: `RevisionError`.
    init(
        _ targets: [RevisionTarget],
        purge: Bool,
        _ migrations: MigrationSet,
        _ contents: LedgerContents,
        _ settings: Settings
    ) throws(RevisionError) {
        let graph = migrations.graph
        let begun = contents.begun.map(\.revision)
        // A half done revision that the stamp says something about is not half done any more.
        let applied = try graph.applied(stamping: targets, applied: contents.applied, purge: purge)
        let kept = try graph.applied(
            stamping: targets,
            applied: contents.applied.union(begun),
            purge: purge
        )
        let unbegun = begun.filter { applied.contains($0) || !kept.contains($0) }
        guard contents.isJournal else {
            let rows = contents.rows(in: graph)
            let new = try graph.rows(stamping: targets, rows: rows, purge: purge)
            let changes = RowChange.changes(
                removing: rows.filter { !new.contains($0) },
                adding: new.filter { !rows.contains($0) }
            )
            self.init(added: [], removed: [], unbegun: unbegun, transition: RowTransition(changes, to: new))
            return
        }
        let added = graph.ascending(applied.subtracting(contents.applied))
        let removed = contents.entries.map(\.revision).filter { !applied.contains($0) }
        self.init(
            added: added.compactMap { migrations[$0] }.map { LedgerRecord($0, .up, settings) },
            removed: removed.filter { contents.applied.contains($0) || unbegun.contains($0) },
            unbegun: unbegun,
            transition: RowTransition([], to: graph.currentHeads(applied: applied))
        )
    }
}
