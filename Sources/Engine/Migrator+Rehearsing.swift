import Database
import Ledgers
import Revisions
import SQLText
import Waiting

extension Migrator {
    /// Does every step in one transaction and takes all of it back: `--dry-run`.
    ///
    /// What runs outside a transaction cannot be taken back, so it ends there.
    func rehearse(_ steps: [Step], under lock: MigrationLock) throws(Failure) {
        let possible = steps.prefix { $0.migration.isTransactional }
        defer { lock.session.rollBack() }
        try openRehearsal(under: lock)
        for (index, step) in possible.enumerated() {
            try checkpoint()
            let progress = Progress(step.migration, index + 1, of: steps.count)
            tell(.applying(progress))
            let began = ContinuousClock.now
            try rehearse(step, under: lock)
            tell(.applied(progress, took: ContinuousClock.now - began))
        }
        if let next = steps.dropFirst(possible.count).first {
            tell(
                .warning(
                    "\(next.migration.file) runs outside a transaction, so it was not tried, nor what comes after it"
                )
            )
        }
    }

    private func openRehearsal(under lock: MigrationLock) throws(Failure) {
        var message = Message()
        _ = lock.session.open(&message, begin: nil, limits(SectionOptions()))
        if !lock.ledger.exists { message.append(lock.ledger.statements.creation.joined(separator: ";")) }
        try database("beginning the dry run") { () throws(DatabaseError) in
            try lock.session.execute(message)
        }
    }

    private func rehearse(_ step: Step, under lock: MigrationLock) throws(Failure) {
        let unit = step.migration.units.first ?? .transaction([], begin: nil, SectionOptions())
        guard case .transaction(let statements, _, let options) = unit else { return }
        let opening = lock.session.setting(limits(options))
        var message = Message(generated: opening.map { "\($0);\n" }.joined())
        message.append(statements, of: step.migration.text)
        let recording = lock.proven(lock.ledger.statements.done(step.record))
        let closing = lock.session.closing + recording + lock.session.restorationWithin
        message.append(closing.joined(separator: ";"))
        do throws(DatabaseError) {
            try lock.session.execute(message)
        } catch {
            if let failure = failure(error, during: step.migration.id, outcome: .rolledBack) { throw failure }
            let done = error.statementsCompleted - opening.count
            let recorded = done - statements.count - lock.session.closing.count
            if recording.indices.contains(recorded), !error.isWorthRetrying {
                throw .record(RecordFailure(error, of: step.migration, in: lock.ledger.schema, done: 0))
            }
            let failed = step.migration.failure(error, in: message, statement: done, done: 0)
            guard error.isWorthRetrying else { throw .statement(failed) }
            throw .locksExhausted(failed, attempts: 1, blockers: [])
        }
    }

    private func limits(_ options: SectionOptions) -> Limits {
        Limits(
            lock: options.lockTimeout ?? settings.lockTimeout,
            statement: options.statementTimeout ?? settings.statementTimeout
        )
    }
}
