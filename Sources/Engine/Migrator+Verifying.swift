import Database
import Ledgers
import Revisions
import Scripts

extension Migrator {
    /// Reads the ledger again and compares it with what was to be done.
    func verify(_ plan: Plan, _ migrations: MigrationSet, under lock: MigrationLock) throws(Failure) {
        let contents = try readLedger(of: migrations, under: lock)
        switch plan.direction {
        case .up: try verify(applied: plan.steps, migrations, contents)
        case .down: try verify(reverted: plan.steps, contents)
        }
        tell(.verified(at: migrations.graph.currentHeads(applied: contents.applied)))
    }

    private func verify(
        applied steps: [Revision.ID],
        _ migrations: MigrationSet,
        _ contents: LedgerContents
    ) throws(Failure) {
        for step in steps where !contents.applied.contains(step) {
            throw .verification("the ledger has no record of \(step).")
        }
        guard contents.isJournal else { return }
        let checksums = contents.entries.reduce(into: [:]) { $0[$1.revision] = $1.checksum }
        for step in steps where checksums[step] != migrations[step]?.checksum {
            throw .verification("the ledger has another checksum for \(step) than its file.")
        }
    }

    private func verify(reverted steps: [Revision.ID], _ contents: LedgerContents) throws(Failure) {
        for step in steps where contents.entries.contains(where: { $0.revision == step }) {
            throw .verification("the ledger still has a record of \(step).")
        }
    }
}
