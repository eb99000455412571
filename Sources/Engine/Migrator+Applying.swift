import Database
import Ledgers
import Revisions
import SQLText
import Scripts
import Waiting

extension Migrator {
    /// Does every step in order. All was decided before: what is left is to do it.
    func apply(_ steps: [Step], _ contents: LedgerContents, under lock: MigrationLock) throws(Failure) {
        for (index, step) in steps.enumerated() {
            let migration = step.migration
            try checkpoint()
            guard !deadline.hasPassed else { throw .deadlinePassed(next: migration.id) }
            let progress = Progress(migration, index + 1, of: steps.count)
            tell(.applying(progress))
            let began = ContinuousClock.now
            do throws(Failure) {
                try apply(step, contents, under: lock)
            } catch {
                guard case .statement(let failure) = error, isOvertaken(step, failure, under: lock) else {
                    throw error
                }
                throw .ledgerChanged(during: migration.id)
            }
            tell(.applied(progress, took: ContinuousClock.now - began))
        }
    }

    private func apply(_ step: Step, _ contents: LedgerContents, under lock: MigrationLock) throws(Failure) {
        guard !step.migration.isTransactional else { return try applyWhole(step, under: lock) }
        let entry = contents.begun.first { $0.revision == step.migration.id }
        try StepwiseApplication(step, migrator: self, lock: lock).run(from: entry)
        try database("bringing the session back to its first state", lock.restoreSession)
    }

    /// Whether a refused statement may be no fault of the file: a tool that takes no lock has changed the table meanwhile,
    /// and has perhaps done the same. Only where nothing of the migration has stayed.
    private func isOvertaken(_ step: Step, _ failure: StatementFailure, under lock: MigrationLock) -> Bool {
        guard failure.statementsDone == 0, let transition = step.record.transition else { return false }
        do throws(DatabaseError) {
            let ledger = try settings.ledger.locate(on: lock.session, schema: lock.ledger.schema)
            guard case .heads(let rows, _) = try ledger.rows(details: false) else { return false }
            return Set(rows) != transition.rowsBefore
        } catch {
            return false
        }
    }

    /// The migration and its record in one transaction, and the session brought back to its first state behind it: one round
    /// trip. Behind, because the server reads a whole message by the settings that hold when it arrives.
    private func applyWhole(_ step: Step, under lock: MigrationLock) throws(Failure) {
        let migration = step.migration
        let recording = lock.proven(lock.ledger.statements.done(step.record))
        let unit = migration.units.first ?? .transaction([], begin: nil, SectionOptions())
        do throws(Failure) {
            try execute(unit, of: migration, recording: recording, restoring: true, done: 0, under: lock)
        } catch {
            guard case .connectionLost(_, let error, _) = error else { throw error }
            try resolve(step, after: error, under: lock)
        }
    }

    /// One transaction, again and again while locks of others are in the way.
    ///
    /// - Parameters:
    ///   - recording: The statements that record what the transaction does.
    ///   - restoring: Whether nothing of the file comes after it, so that its settings may go.
    ///   - done: How many statements of the file came before and are committed.
    func execute(
        _ unit: PreparedMigration.Unit,
        of migration: PreparedMigration,
        recording: [String],
        restoring: Bool,
        done: Int,
        under lock: MigrationLock
    ) throws(Failure) {
        guard case .transaction(let statements, let begin, let options) = unit else { return }
        var retry = LockRetry(settings, fixed: options.lockTimeout, until: deadline)
        let watch = BlockerWatch(migrator: self, waiting: lock.session)
        while true {
            var message = Message()
            let opening = lock.session.open(
                &message,
                begin: begin.map { migration.text.bytes[$0.range] },
                Limits(
                    lock: retry.lockTimeout,
                    statement: options.statementTimeout ?? settings.statementTimeout
                )
            )
            message.append(statements, of: migration.text)
            let closing = lock.session.closing + recording + ["COMMIT"]
            message.append((closing + (restoring ? lock.session.restoration : [])).joined(separator: ";"))
            do throws(DatabaseError) {
                return try lock.session.execute(message, watch: watch.watch(retry))
            } catch {
                lock.session.rollBack()
                // An interruption may come in behind the COMMIT: what is done is done.
                guard error.statementsCompleted < opening + statements.count + closing.count else { return }
                let recorded =
                    error.statementsCompleted - opening - statements.count - lock.session.closing.count
                if recording.indices.contains(recorded), !error.isWorthRetrying {
                    throw failure(error, during: migration.id)
                        ?? .record(RecordFailure(error, of: migration, in: lock.ledger.schema, done: done))
                }
                let failed = migration.failure(
                    error,
                    in: message,
                    statement: done + max(0, min(error.statementsCompleted - opening, statements.count - 1)),
                    done: done
                )
                try pause(&retry, after: failed, of: migration, blockers: watch.blockers)
            }
        }
    }

    /// What ended a transaction that was not a refused statement of a file; nil when it was one.
    func failure(
        _ error: DatabaseError,
        during revision: Revision.ID?,
        outcome: Failure.Outcome = .unknown
    ) -> Failure? {
        if let signal = interruption.signal, error.kind == .interrupted {
            return .interrupted(signal: signal)
        }
        if error.endsSession { return .connectionLost(during: revision, error: error, outcome: outcome) }
        if error.message.contains(LockKey.lostMessage) { return .lockLost(during: revision) }
        if error.message.contains(LedgerRefusal.changedMessage) { return .ledgerChanged(during: revision) }
        return nil
    }

    /// Waits before the next attempt, or throws what ends the attempts.
    func pause(
        _ retry: inout LockRetry,
        after failed: StatementFailure,
        of migration: PreparedMigration,
        blockers: [Blocker]
    ) throws(Failure) {
        let error = failed.error
        if let failure = failure(error, during: migration.id) { throw failure }
        guard let pause = retry.pause(after: error) else {
            guard error.isWorthRetrying else { throw .statement(failed) }
            throw .locksExhausted(failed, attempts: retry.attempts, blockers: blockers)
        }
        tell(
            .retrying(
                migration.id,
                attempt: retry.attempts,
                pause: pause,
                reason: error.description,
                blockers: blockers
            )
        )
        Waiting.pause(for: pause, or: interruption)
        try checkpoint()
    }
}

extension RecordFailure {
    init(_ error: DatabaseError, of migration: PreparedMigration, in schema: String, done: Int) {
        self.init(
            revision: migration.id,
            file: migration.file,
            error: error,
            schema: schema,
            statementsDone: done
        )
    }
}
