import Database
import Ledgers
import Revisions
import Scripts

// How a ledger is changed without applying anything.
extension Migrator {
    /// Makes the ledger's tables.
    ///
    /// - Throws: `Failure`.
    package func ensureLedger() throws(Failure) {
        let session = try connect()
        try withLock(on: session) { (lock) throws(Failure) in try makeLedger(under: lock) }
    }

    /// Runs `body` under the lock, with the files and what the ledger holds.
    func withHistory(
        _ body: (MigrationLock, MigrationSet, LedgerContents) throws(Failure) -> Void
    ) throws(Failure) {
        let migrations = try readMigrations()
        let session = try connect()
        try withLock(on: session) { (lock) throws(Failure) in
            try awaitOrphans(of: lock)
            let contents = try readLedger(of: migrations, under: lock)
            noteFrom(contents.heads(in: migrations.graph))
            try body(lock, migrations, contents)
        }
    }

    /// Writes a stamp, if it says anything new, and tells where the database is then.
    func write(
        _ stamp: LedgerStamp,
        as outcome: String,
        _ migrations: MigrationSet,
        under lock: MigrationLock
    ) throws(Failure) {
        if !stamp.isEmpty {
            try makeLedger(under: lock)
            let statements = lock.ledger.statements.stamped(stamp)
            try rewrite(statements, as: outcome, to: stamp.heads, under: lock)
        }
        let heads = try readLedger(of: migrations, under: lock).heads(in: migrations.graph)
        tell(.stamped(from: journal.from, at: heads, forgotten: stamp.unbegun))
    }

    /// Changes the ledger at once, and leaves a row that says who did.
    func rewrite(
        _ statements: [String],
        as outcome: String,
        to heads: [Revision.ID],
        under lock: MigrationLock
    ) throws(Failure) {
        let run = settings.runID
        try patiently("recording the run", under: lock) { () throws(DatabaseError) in
            try lock.ledger.begin(runRecord(to: heads))
        }
        do throws(DatabaseError) {
            let message = Message(generated: lock.proven(statements).joined(separator: ";\n"))
            try retried("writing the ledger", under: lock) { () throws(DatabaseError) in
                try lock.session.execute(lock.session.whole(message))
            }
        } catch {
            lock.session.isInterruptible = false
            lock.session.rollBack()
            let failure = failure(error, during: nil) ?? failure(error, doing: "writing the ledger")
            let code = failure.exitCode.rawValue
            try? lock.ledger.finish(run, outcome: "failed", exitCode: code, error: failure.description)
            throw failure
        }
        try patiently("recording the end of the run", under: lock) { () throws(DatabaseError) in
            try lock.ledger.finish(run, outcome: outcome, exitCode: 0, error: nil)
        }
    }
}
