import Database
import Ledgers
import Revisions
import SQLText

/// Applies a migration that cannot run in one transaction: statement by statement, each one's completion recorded.
///
/// A statement and the note that it is done share a transaction wherever the server allows it; so a killed runner leaves
/// doubt about at most one statement, and only about one that the server runs outside transactions. What such a statement
/// may leave behind is looked for before it runs again.
struct StepwiseApplication {
    private let migration: PreparedMigration
    private let record: LedgerRecord
    private let migrator: Migrator
    private let lock: MigrationLock

    private var session: any Session { lock.session }

    init(_ step: Step, migrator: Migrator, lock: MigrationLock) {
        migration = step.migration
        record = step.record
        self.migrator = migrator
        self.lock = lock
    }

    /// - Parameter entry: What the ledger has of the migration, when a run before this one has begun it.
    func run(from entry: LedgerEntry?) throws(Failure) {
        let total = migration.statements.count
        var done = entry?.statementsDone ?? 0
        if entry != nil { migrator.tell(.resuming(migration.id, after: done, of: total)) }
        try begin(resumed: done > 0)
        let role = try role()
        let before = try invalidIndexes()
        var checksum = done > 0 ? entry?.checksum ?? "" : ""
        var position = 0
        // What a transaction of the file itself has not committed yet is not there.
        var committed = done
        for unit in migration.units {
            defer { position += unit.statements.count }
            guard position >= done else { continue }
            try migrator.checkpoint()
            checksum = migration.checksum(of: unit.statements, after: checksum)
            let after = position + unit.statements.count
            let progress = lock.proven([
                lock.ledger.statements.progressed(record, done: after, checksum: checksum)
            ])
            do throws(Failure) {
                try apply(
                    unit,
                    at: position,
                    unit.isTransaction ? progress : role + progress,
                    committed: committed,
                    resuming: position == entry?.statementsDone
                )
            } catch {
                throw clean(error, done: committed)
            }
            done = after
            if !session.isInTransaction {
                committed = done
                migrator.noteHalfDone()
            }
        }
        guard !session.isInTransaction else { throw clean(unfinished(done: committed), done: committed) }
        try finish(before, done: done)
    }

    private func begin(resumed: Bool) throws(Failure) {
        try migrator.patiently("recording the start of \(migration.id)", under: lock) {
            () throws(DatabaseError) in
            let note = lock.proven(lock.ledger.statements.begun(record))
            let statements = session.beginning(resumed: resumed) + note
            try session.execute(session.whole(Message(generated: statements.joined(separator: ";"))))
        }
    }

    /// What brings back the role that the job works under: a file may take on another one, which need not have a right to the
    /// ledger, and keeps it for its next statements.
    private func role() throws(Failure) -> [String] {
        try migrator.database("asking for the role") { () throws(DatabaseError) in
            try session.returningToRole()
        }
    }

    private func finish(_ before: Set<InvalidIndex>, done: Int) throws(Failure) {
        let left = try invalidIndexes().subtracting(before).filter { $0.builder == nil }
        guard left.isEmpty else {
            throw .verification(
                "\(migration.file) has left invalid indexes: \(left.map(\.name).joined(separator: ", "))"
            )
        }
        let statements = session.finishing + lock.proven(lock.ledger.statements.finished(record))
        do throws(DatabaseError) {
            try migrator.retried("recording \(migration.id)", under: lock) { () throws(DatabaseError) in
                try session.execute(session.whole(Message(generated: statements.joined(separator: ";"))))
            }
        } catch {
            session.rollBack()
            if error.sqlState == .foreignKeyViolation { throw clean(broken(error, done: done), done: done) }
            throw migrator.failure(error, during: migration.id)
                ?? migrator.failure(error, doing: "recording \(migration.id)")
        }
    }

    private func invalidIndexes() throws(Failure) -> Set<InvalidIndex> {
        try migrator.database("looking for invalid indexes") { () throws(DatabaseError) in
            try session.invalidIndexes()
        }
    }

    private func apply(
        _ unit: PreparedMigration.Unit,
        at position: Int,
        _ progress: [String],
        committed: Int,
        resuming: Bool
    ) throws(Failure) {
        switch unit {
        case .transaction:
            try migrator.execute(
                unit,
                of: migration,
                recording: progress,
                restoring: false,
                done: position,
                under: lock
            )
        case .single(let statement, let options):
            let text =
                migration.text.string(in: statement.range).split(separator: "\n").first.map(String.init) ?? ""
            migrator.tell(
                .executing(migration.id, statement: position + 1, of: migration.statements.count, text: text)
            )
            let single = SingleStatement(
                statement,
                options,
                at: position,
                of: migration,
                committed: committed,
                progress: progress.joined(separator: ";"),
                migrator: migrator,
                lock: lock
            )
            try single.run(resuming: resuming)
        }
    }

    /// The end of the session would take back what stands in a transaction that the file does not end.
    private func unfinished(done: Int) -> Failure {
        let error = DatabaseError(
            .configuration,
            "the file leaves a transaction open: nothing after its BEGIN is kept"
        )
        let last = migration.statements.count - 1
        return .statement(migration.failure(error, in: Message(), statement: last, done: done))
    }

    /// Every statement is done, and they have left a row that refers to nothing.
    private func broken(_ error: DatabaseError, done: Int) -> Failure {
        .statement(migration.failure(error, in: Message(), statement: done - 1, done: done))
    }

    /// After a refusal: when nothing of the migration is there, there is nothing to remember of it either.
    private func clean(_ failure: Failure, done: Int) -> Failure {
        let error: DatabaseError
        switch failure {
        case .statement(let failure): error = failure.error
        case .record(let failure): error = failure.error
        default: return failure
        }
        session.rollBack()
        // An index whose removal was cancelled is half gone, although no statement is done.
        if migration.direction == .down, done == 0, error.sqlState == .queryCanceled {
            return failure
        }
        let ledger = lock.ledger.statements
        let note = done == 0 ? ledger.forgotten(record) : ledger.refused(record)
        try? session.execute((session.closing + [note]).joined(separator: ";"))
        return failure
    }
}
