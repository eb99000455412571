import Database
import Glibc
import Ledgers
import Revisions
import Scripts

extension Migrator {
    /// Makes the ledger's tables if there are none, and reads what is in them.
    func openLedger(under lock: MigrationLock) throws(Failure) -> [LedgerEntry] {
        try database("opening the ledger") { () throws(DatabaseError) in
            if !lock.ledger.exists {
                try lock.session.execute(lock.session.whole(Message(generated: lock.ledger.creation)))
                lock.ledger = try NativeLedger.locate(on: lock.session, schema: lock.ledger.schema)
            }
            return try lock.ledger.entries()
        }
    }

    /// Leaves a row about this run, from before its first change to its end, however it ends.
    func recorded(
        _ plan: Plan,
        _ migrations: MigrationSet,
        under lock: MigrationLock,
        _ body: () throws(Failure) -> Void
    ) throws(Failure) {
        let run = RunRecord(
            id: settings.runID,
            startedAt: journal.startedAt,
            from: journal.from,
            to: migrations.graph.currentHeads(applied: Set(journal.from + plan.steps)),
            host: settings.host,
            pid: Int(getpid()),
            toolVersion: settings.toolVersion
        )
        try database("recording the run") { () throws(DatabaseError) in try lock.ledger.begin(run) }
        do throws(Failure) {
            try body()
            try? finish(nil, under: lock)
        } catch {
            noteHeads(migrations.graph.currentHeads(applied: Set(journal.from + journal.appliedRevisions)))
            lock.session.isInterruptible = false
            lock.session.rollBack()
            try? finish(error, under: lock)
            throw error
        }
    }

    private func finish(_ failure: Failure?, under lock: MigrationLock) throws(DatabaseError) {
        let report = journal.report(failure)
        try lock.ledger.finish(
            settings.runID,
            outcome: report.result.rawValue,
            exitCode: report.code,
            error: report.failed?.message
        )
    }
}
