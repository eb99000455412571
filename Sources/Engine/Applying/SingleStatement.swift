import Database
import SQLText
import Waiting

/// One statement outside a transaction of ours, with what it needs before and after.
struct SingleStatement {
    private let statement: Statement
    private let options: SectionOptions
    private let position: Int
    private let migration: PreparedMigration
    private let committed: Int
    private let progress: String
    private let migrator: Migrator
    private let lock: MigrationLock

    private var session: any Session { lock.session }

    /// - Parameters:
    ///   - position: The statement's number in the file, from 0.
    ///   - committed: How many statements of the file are there whatever becomes of this one.
    ///   - progress: The note that it is done.
    init(
        _ statement: Statement,
        _ options: SectionOptions,
        at position: Int,
        of migration: PreparedMigration,
        committed: Int,
        progress: String,
        migrator: Migrator,
        lock: MigrationLock
    ) {
        self.statement = statement
        self.options = options
        self.position = position
        self.migration = migration
        self.committed = committed
        self.progress = progress
        self.migrator = migrator
        self.lock = lock
    }

    /// - Parameter resuming: Whether a run before this one may have been killed right after this statement.
    func run(resuming: Bool) throws(Failure) {
        if resuming, try isDoneAlready() { return try note() }
        try dropInvalidIndex()
        var retry = LockRetry(migrator.settings, fixed: options.lockTimeout, until: migrator.deadline)
        let watch = BlockerWatch(migrator: migrator, waiting: session)
        // Inside a transaction that the file has opened itself, one statement alone cannot be tried again.
        let isAlone = !session.isInTransaction
        while true {
            var message = Message()
            message.append([statement], of: migration.text)
            do throws(DatabaseError) {
                return try execute(message, isAlone: isAlone, retry, watch)
            } catch {
                session.rollBack()
                let failed = migration.failure(error, in: message, statement: position, done: committed)
                guard isAlone || !error.isWorthRetrying else {
                    throw .locksExhausted(failed, attempts: 1, blockers: [])
                }
                try pause(&retry, after: failed, watch)
            }
        }
    }

    /// Before another attempt, and after the last one, nothing half made is left.
    private func pause(
        _ retry: inout LockRetry,
        after failed: StatementFailure,
        _ watch: BlockerWatch
    ) throws(Failure) {
        do throws(Failure) {
            try migrator.pause(&retry, after: failed, of: migration, blockers: watch.blockers)
        } catch {
            if case .statement = error { try dropInvalidIndex() }
            throw error
        }
        try dropInvalidIndex()
    }

    /// Together with its note where the server allows it, else the note right after.
    private func execute(
        _ message: Message,
        isAlone: Bool,
        _ retry: LockRetry,
        _ watch: BlockerWatch
    ) throws(DatabaseError) {
        if isAlone { try setTimeouts(retry) }
        guard isAlone, statement.kind != .begin else { return try executeInTransaction(message) }
        guard !statement.refusesTransactions else {
            try session.execute(message, watch: watch.watch(retry))
            return try session.execute(progress)
        }
        do throws(DatabaseError) {
            var together = message
            together.append(progress)
            try session.execute(isAlone ? session.whole(together) : together, watch: watch.watch(retry))
        } catch {
            guard error.isTransactionRefused else { throw error }
            session.rollBack()
            try session.execute(message, watch: watch.watch(retry))
            try session.execute(progress)
        }
    }

    /// In a transaction that the file itself opens, one note stands for all of it, right before its COMMIT.
    private func executeInTransaction(_ message: Message) throws(DatabaseError) {
        if statement.kind == .commit { try session.execute(progress) }
        try session.execute(message)
        if !session.isInTransaction, statement.kind != .commit { try session.execute(progress) }
    }

    private func setTimeouts(_ retry: LockRetry) throws(DatabaseError) {
        let limits = Limits(
            lock: lockTimeout(retry),
            statement: options.statementTimeout ?? migrator.settings.statementTimeout
        )
        try session.execute(session.setting(limits).joined(separator: ";"))
    }

    /// None around CONCURRENTLY: such a command waits for old transactions without blocking anybody, and giving up would
    /// leave an invalid index.
    private func lockTimeout(_ retry: LockRetry) -> Duration {
        if options.lockTimeout == nil, statement.refusesTransactions { return .zero }
        // What follows in the file's own transaction has one attempt only.
        return statement.kind == .begin ? retry.longestLockTimeout : retry.lockTimeout
    }

    private func note() throws(Failure) {
        try migrator.database("recording a statement") { () throws(DatabaseError) in
            try session.execute(progress)
        }
    }

    private func isDoneAlready() throws(Failure) -> Bool {
        try migrator.database("looking what an earlier run has done") { () throws(DatabaseError) in
            switch statement.kind {
            case .createIndexConcurrently(let index):
                guard let name = index.name else { return false }
                return try session.index(named: name.name, on: session.written(index.table))?.isValid == true
            case .dropIndexConcurrently(let names):
                for name in names where try session.hasRelation(session.written(name)) { return false }
                return true
            default:
                return false
            }
        }
    }

    /// What a cancelled `CREATE INDEX CONCURRENTLY` leaves costs every write, may refuse rows, and would be taken for the
    /// finished index by `IF NOT EXISTS`.
    private func dropInvalidIndex() throws(Failure) {
        guard case .createIndexConcurrently(let index) = statement.kind, let name = index.name else { return }
        try migrator.database("dropping an invalid index") { () throws(DatabaseError) in
            guard let found = try session.index(named: name.name, on: session.written(index.table)),
                !found.isValid
            else { return }
            let isBeingBuilt = try session.invalidIndexes().contains {
                $0.name == found.name && $0.builder != nil
            }
            guard !isBeingBuilt else { return }
            try session.execute("SET lock_timeout = 0")
            try session.execute("DROP INDEX CONCURRENTLY \(found.name)")
            migrator.tell(.droppedInvalidIndex(found.name))
        }
    }
}

extension Statement {
    /// Whether the server is known to run it outside transactions only.
    fileprivate var refusesTransactions: Bool {
        switch kind {
        case .createIndexConcurrently, .dropIndexConcurrently, .notInTransaction,
            .withoutEffectInTransaction:
            true
        default: false
        }
    }
}

extension Session {
    /// The name as it can stand in a statement.
    fileprivate func written(_ name: QualifiedName) -> String {
        (name.schema.map { "\(identifier($0))." } ?? "") + identifier(name.name)
    }
}

extension DatabaseError {
    /// Whether the statement was refused for being in one message with another.
    fileprivate var isTransactionRefused: Bool {
        sqlState == .activeTransaction || sqlState == .invalidTransactionTermination
    }
}
