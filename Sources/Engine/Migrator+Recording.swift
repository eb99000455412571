import Database
import Glibc
import Ledgers
import Revisions
import Scripts

extension Migrator {
    /// What the ledger holds now that nobody else can change it; nothing when it is not there yet.
    func readLedger(under lock: MigrationLock) throws(Failure) -> [LedgerEntry] {
        try database("reading the ledger") { () throws(DatabaseError) in
            lock.ledger = try NativeLedger.locate(on: lock.session, schema: lock.ledger.schema)
            return try lock.ledger.entries()
        }
    }

    /// Makes the ledger's tables if there are none: not before something is about to be applied.
    private func makeLedger(under lock: MigrationLock) throws(Failure) {
        guard !lock.ledger.exists else { return }
        try database("making the ledger") { () throws(DatabaseError) in
            try lock.session.execute(lock.session.whole(Message(generated: lock.ledger.creation)))
            lock.ledger = try NativeLedger.locate(on: lock.session, schema: lock.ledger.schema)
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
        try makeLedger(under: lock)
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
        try? lock.restoreSession()
        let report = journal.report(failure)
        try lock.ledger.finish(
            settings.runID,
            outcome: report.result.rawValue,
            exitCode: report.code,
            error: report.failed.map { settings.scrub($0.message) }
        )
    }
}
