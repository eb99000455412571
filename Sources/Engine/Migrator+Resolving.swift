import Database
import Ledgers
import Revisions
import Waiting

extension Migrator {
    /// Finds out what became of a transaction whose connection was lost: connects again, takes the lock, which the old
    /// session keeps until its statement has ended, and reads the record.
    ///
    /// Returns when the step is recorded as ours; then the lock is held by the new session.
    func resolve(
        _ step: Step,
        after error: DatabaseError,
        under lock: MigrationLock
    ) throws(Failure) {
        tell(.connectionLost(error.message))
        let isCommitted: Bool
        do throws(Failure) {
            try takeOver(lock)
            isCommitted = try database("reading the ledger") { () throws(DatabaseError) in
                try lock.ledger.rows(details: true).hold(step.record)
            }
        } catch {
            if case .interrupted(let signal, _) = error {
                throw .interrupted(signal: signal, inDoubt: step.record.revision)
            }
            throw .connectionLost(during: step.record.revision, error: lost(error), outcome: .unknown)
        }
        guard isCommitted else {
            throw .connectionLost(during: step.record.revision, error: error, outcome: .rolledBack)
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
            lock.ledger = try settings.ledger.locate(on: lock.session, schema: lock.ledger.schema)
        }
        try acquire(lock, until: limit)
    }
}

extension LedgerRows {
    /// Whether the record of a whole migration is there.
    fileprivate func hold(_ record: LedgerRecord) -> Bool {
        switch self {
        case .journal(let entries):
            let entry = entries.first { $0.revision == record.revision }
            guard record.direction == .up else { return entry == nil }
            return entry?.isApplied == true && entry?.runID == record.runID
        case .heads(let rows, _):
            return Set(rows) == Set(record.transition?.rows ?? [])
        }
    }
}
