import Database
import Glibc
import Ledgers
import Revisions
import Scripts
import Waiting

extension Migrator {
    /// What the ledger holds now that nobody else can change it; nothing when it is not there yet.
    func readLedger(of migrations: MigrationSet, under lock: MigrationLock) throws(Failure) -> LedgerContents
    {
        try patiently("reading the ledger", under: lock) { () throws(DatabaseError) in
            lock.ledger = try settings.ledger.locate(on: lock.session, schema: lock.ledger.schema)
            return try lock.ledger.rows(details: true).contents(in: migrations.graph)
        }
    }

    /// Makes the ledger's tables if there are none: not before something is about to be applied.
    func makeLedger(under lock: MigrationLock) throws(Failure) {
        guard !lock.ledger.exists else { return }
        try patiently("making the ledger", under: lock) { () throws(DatabaseError) in
            let creation = lock.ledger.statements.creation.joined(separator: ";")
            do throws(DatabaseError) {
                try lock.session.execute(lock.session.whole(Message(generated: creation)))
                lock.ledger = try settings.ledger.locate(on: lock.session, schema: lock.ledger.schema)
            } catch {
                // `IF NOT EXISTS` does not help against Alembic, which takes no lock, making it at the same moment.
                lock.session.rollBack()
                let found = try? settings.ledger.locate(on: lock.session, schema: lock.ledger.schema)
                guard let found, found.exists else { throw error }
                lock.ledger = found
            }
        }
    }

    /// Leaves a row about this run, from before its first change to its end, however it ends.
    func recorded(
        _ plan: Plan,
        _ migrations: MigrationSet,
        _ contents: LedgerContents,
        under lock: MigrationLock,
        _ body: () throws(Failure) -> Void
    ) throws(Failure) {
        try makeLedger(under: lock)
        let goal = contents.heads(after: plan.steps, plan.direction, in: migrations.graph)
        try patiently("recording the run", under: lock) { () throws(DatabaseError) in
            try lock.ledger.begin(runRecord(to: goal))
        }
        do throws(Failure) {
            try body()
            try? finish(nil, under: lock)
        } catch {
            noteHeads(contents.heads(after: journal.doneRevisions, plan.direction, in: migrations.graph))
            lock.session.isInterruptible = false
            lock.session.rollBack()
            try? finish(error, under: lock)
            throw error
        }
    }

    /// Runs `body`, which reads or writes what we record, again and again while locks of others are in the way, as long as
    /// a migration is; and says what was being done when the database refuses.
    func patiently<R>(
        _ doing: String,
        under lock: MigrationLock,
        _ body: () throws(DatabaseError) -> R
    ) throws(Failure) -> R {
        try database(doing) { () throws(DatabaseError) in try retried(doing, under: lock, body) }
    }

    func retried<R>(
        _ doing: String,
        under lock: MigrationLock,
        _ body: () throws(DatabaseError) -> R
    ) throws(DatabaseError) -> R {
        var retry = LockRetry(settings, fixed: nil, until: deadline)
        while true {
            do throws(DatabaseError) {
                return try body()
            } catch {
                guard let pause = retry.pause(after: error) else { throw error }
                lock.session.rollBack()
                let reason = error.description
                tell(.retryingRecord(doing: doing, attempt: retry.attempts, pause: pause, reason: reason))
                guard Waiting.pause(for: pause, or: interruption) else {
                    throw DatabaseError(.interrupted, "interrupted while \(doing) waited for a lock")
                }
            }
        }
    }

    func runRecord(to heads: [Revision.ID]) -> RunRecord {
        RunRecord(
            id: settings.runID,
            startedAt: journal.startedAt,
            from: journal.from,
            to: heads,
            host: settings.host,
            pid: Int(getpid()),
            toolVersion: settings.toolVersion
        )
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

extension LedgerContents {
    /// The heads once some steps of a plan are done.
    func heads(
        after steps: [Revision.ID],
        _ direction: Plan.Direction,
        in graph: RevisionGraph
    ) -> [Revision.ID] {
        switch direction {
        case .up: graph.currentHeads(applied: applied.union(steps))
        case .down: graph.currentHeads(applied: revertible.subtracting(steps))
        }
    }
}
