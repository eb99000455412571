/// One row of a result: each cell as text, or nil for NULL.
package typealias Row = [String?]

/// A session with one database: what the engine needs of it, and no more.
///
/// It belongs to one thread. Every call blocks until the database has answered, the session is lost, or the interruption
/// was asked for; then the running statement is cancelled before the call throws.
package protocol Session: AnyObject {
    /// What was learned about the database when the session began.
    var server: ServerFacts { get }

    /// Whether an interruption cancels what runs. To be switched off for the last words after one.
    var isInterruptible: Bool { get set }

    /// Whether a transaction is open, in whatever state.
    var isInTransaction: Bool { get }

    /// Runs one statement with `$1`-style parameters.
    ///
    /// - Throws: `DatabaseError`.
    func query(_ sql: String, _ parameters: [String?]) throws(DatabaseError) -> [Row]

    /// Sends a text of any number of statements in one round trip and drops what they return.
    ///
    /// - Parameter watch: Called again and again while the database is at work.
    /// - Throws: `DatabaseError`, whose position counts in `message.text`.
    func execute(_ message: Message, watch: Watch?) throws(DatabaseError)

    /// Ends a transaction that a failed statement left open. A session that is lost stays lost; nothing is thrown.
    func rollBack()

    /// The name quoted for a statement.
    func identifier(_ name: String) -> String

    /// The statements that bring the session back to its first state, whatever a migration has set.
    var restoration: [String] { get }

    /// So much of it as works within a transaction.
    var restorationWithin: [String] { get }

    /// Adds the statements that open a transaction with these limits.
    ///
    /// - Parameter begin: The migration's own opening, when it has one.
    /// - Returns: How many they are.
    func open(_ message: inout Message, begin: ArraySlice<UInt8>?, _ limits: Limits) -> Int

    /// The statements between the last one of a migration and its record.
    var closing: [String] { get }

    /// The statements in front of a migration that runs outside transactions of ours.
    ///
    /// - Parameter resumed: Whether a run before this one has done a part of it.
    func beginning(resumed: Bool) -> [String]

    /// The statements between its last one and its record.
    var finishing: [String] { get }

    /// The statements that bring back, up to the end of their transaction, the role that the session has now.
    ///
    /// - Throws: `DatabaseError`.
    func returningToRole() throws(DatabaseError) -> [String]

    /// The statements that set limits for what runs outside a transaction.
    func setting(_ limits: Limits) -> [String]

    /// The message so that all of it is applied, or nothing.
    func whole(_ message: Message) -> Message

    /// Takes the lock if it is free, without queueing for it.
    func tryLock(_ key: LockKey) throws(DatabaseError) -> Bool

    /// Gives the lock back.
    ///
    /// - Returns: `false` when it was not ours, which says that something went wrong before.
    func unlock(_ key: LockKey) throws(DatabaseError) -> Bool

    /// Who has the lock now.
    func holder(of key: LockKey) throws(DatabaseError) -> OtherSession?

    /// A condition that is true while this session holds the lock `key` and no other transaction that took `inner` is open;
    /// when it does not hold, evaluating it is an error with `LockKey.lostMessage`.
    func proof(of key: LockKey, within inner: LockKey) -> String

    /// Sessions of earlier runners that are still at work: their client is gone, their statement is not.
    func orphans(namedLike prefix: String) throws(DatabaseError) -> [OtherSession]

    /// Ends another session of the same role.
    func terminate(_ session: OtherSession) throws(DatabaseError)

    /// Who keeps `other` waiting. To be asked on a session that does not wait itself.
    func blockers(of other: any Session) throws(DatabaseError) -> [Blocker]

    /// The indexes that a `CONCURRENTLY` command has left unusable.
    func invalidIndexes() throws(DatabaseError) -> Set<InvalidIndex>

    /// The index of that name on that table, both as a statement writes them: nil when there is none, else whether it is
    /// valid and the name to drop it by.
    func index(
        named name: String,
        on table: String
    ) throws(DatabaseError) -> (name: String, isValid: Bool)?

    /// Whether a relation of that name, as a statement writes it, can be seen.
    func hasRelation(_ name: String) throws(DatabaseError) -> Bool
}

/// Something to do beside a statement that takes long.
package struct Watch {
    package let interval: Duration
    package let action: () -> Void

    package init(every interval: Duration, action: @escaping () -> Void) {
        self.interval = interval
        self.action = action
    }
}

extension Session {
    package func beginning(resumed: Bool) -> [String] { [] }

    package var finishing: [String] { closing }

    /// Runs one statement without parameters.
    package func query(_ sql: String) throws(DatabaseError) -> [Row] {
        try query(sql, [])
    }

    /// Sends statements of our own.
    package func execute(_ sql: String) throws(DatabaseError) {
        try execute(Message(generated: sql), watch: nil)
    }

    package func execute(_ message: Message) throws(DatabaseError) {
        try execute(message, watch: nil)
    }
}
