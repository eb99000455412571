import Database
import Ledgers
import Waiting

extension Migrator {
    /// Finds out what became of a transaction whose connection was lost: connects again, takes the lock, which the old
    /// session keeps until its statement has ended, and reads the record.
    ///
    /// Returns when the migration is recorded as ours; then the lock is held by the new session.
    func resolve(
        _ migration: PreparedMigration,
        _ record: LedgerRecord,
        after error: DatabaseError,
        under lock: MigrationLock
    ) throws(Failure) {
        tell(.connectionLost(error.message))
        let entries: [LedgerEntry]
        do throws(Failure) {
            try takeOver(lock)
            entries = try database("reading the ledger") { () throws(DatabaseError) in
                try lock.ledger.entries()
            }
        } catch {
            if case .interrupted = error { throw error }
            throw .connectionLost(during: migration.id, error: lost(error), outcome: .unknown)
        }
        let isCommitted = entries.contains {
            $0.revision == migration.id && $0.runID == record.runID && $0.state == .applied
        }
        guard isCommitted else {
            throw .connectionLost(during: migration.id, error: error, outcome: .rolledBack)
        }

        func lost(_ failure: Failure) -> DatabaseError {
            DatabaseError(.connectionLost, "\(error.message); \(failure)")
        }
    }

    private func takeOver(_ lock: MigrationLock) throws(Failure) {
        let limit = min(Deadline.after(max(settings.waitTimeout, .seconds(10))), deadline)
        lock.session = try connect(until: limit)
        try database("setting up the session") { () throws(DatabaseError) in
            try lock.restoreSession()
            lock.ledger = try NativeLedger.locate(on: lock.session, schema: lock.ledger.schema)
        }
        try acquire(lock, until: limit)
    }
}
