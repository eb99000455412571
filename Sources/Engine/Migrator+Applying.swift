import Database
import Ledgers
import Revisions
import SQLText
import Scripts
import Waiting

extension Migrator {
    /// Applies every migration in order. All was decided before: what is left is to do it.
    func apply(
        _ migrations: [PreparedMigration],
        _ entries: [LedgerEntry],
        under lock: MigrationLock
    ) throws(Failure) {
        let begun = entries.filter { $0.state != .applied }
        for (index, migration) in migrations.enumerated() {
            try checkpoint()
            guard !deadline.hasPassed else { throw .deadlinePassed(next: migration.id) }
            let title = migration.migration.title
            tell(.applying(migration.id, title: title, index: index + 1, of: migrations.count))
            let began = ContinuousClock.now
            if migration.isTransactional {
                try applyWhole(migration, under: lock)
            } else {
                let entry = begun.first { $0.revision == migration.id }
                try StepwiseApplication(migration, migrator: self, lock: lock).run(from: entry)
                try database("bringing the session back to its first state", lock.restoreSession)
            }
            let took = ContinuousClock.now - began
            tell(.applied(migration.id, title: title, took: took, index: index + 1, of: migrations.count))
        }
    }

    /// The migration and its record in one transaction, and the session brought back to its first state behind it: one round
    /// trip. Behind, because the server reads a whole message by the settings that hold when it arrives.
    private func applyWhole(_ migration: PreparedMigration, under lock: MigrationLock) throws(Failure) {
        let record = LedgerRecord(migration, settings)
        let recording = lock.ledger.recordApplied(record, proof: lock.proof)
        let unit = migration.units.first ?? .transaction([], begin: nil, SectionOptions())
        do throws(Failure) {
            try execute(unit, of: migration, recording: recording, restoring: true, done: 0, under: lock)
        } catch {
            guard case .connectionLost(_, let error, _) = error else { throw error }
            try resolve(migration, record, after: error, under: lock)
        }
    }

    /// One transaction, again and again while locks of others are in the way.
    ///
    /// - Parameters:
    ///   - recording: The statement that records what the transaction does.
    ///   - restoring: Whether nothing of the file comes after it, so that its settings may go.
    ///   - done: How many statements of the file came before and are committed.
    func execute(
        _ unit: PreparedMigration.Unit,
        of migration: PreparedMigration,
        recording: String,
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
            let closing = lock.session.closing + [recording, "COMMIT"]
            message.append((closing + (restoring ? lock.session.restoration : [])).joined(separator: ";"))
            do throws(DatabaseError) {
                return try lock.session.execute(message, watch: watch.watch(retry))
            } catch {
                lock.session.rollBack()
                // An interruption may come in behind the COMMIT: what is done is done.
                guard error.statementsCompleted < opening + statements.count + closing.count else { return }
                let failed = migration.failure(
                    error,
                    in: message,
                    statement: done + error.statementsCompleted - opening,
                    done: done
                )
                try pause(&retry, after: failed, of: migration, blockers: watch.blockers)
            }
        }
    }

    /// Waits before the next attempt, or throws what ends the attempts.
    func pause(
        _ retry: inout LockRetry,
        after failed: StatementFailure,
        of migration: PreparedMigration,
        blockers: [Blocker]
    ) throws(Failure) {
        let error = failed.error
        if let signal = interruption.signal, error.kind == .interrupted { throw .interrupted(signal: signal) }
        if error.endsSession { throw .connectionLost(during: migration.id, error: error, outcome: .unknown) }
        if error.message.contains(LockKey.lostMessage) { throw .lockLost(during: migration.id) }
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

extension LedgerRecord {
    init(_ migration: PreparedMigration, _ settings: Settings) {
        self.init(
            revision: migration.id,
            checksum: migration.migration.checksum,
            description: migration.migration.title,
            runID: settings.runID,
            toolVersion: settings.toolVersion
        )
    }
}
