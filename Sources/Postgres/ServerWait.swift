package import Database
package import Waiting

/// Waits until a server takes a session that can write, and gives that very session back: probing with one connection and
/// working with another would open the race again.
package struct ServerWait {
    /// What is told while waiting.
    package enum Progress: Sendable {
        /// The reason is new, or the heartbeat is due.
        case waiting(attempt: Int, reason: String, elapsed: Duration)
        case notice(Notice)
    }

    /// Why waiting ended without a session.
    package struct Failure: Error {
        package let error: DatabaseError
        package let failureClass: FailureClass
        package let attempts: Int
    }

    package let connector: () throws(DatabaseError) -> Connector
    package let deadline: Deadline
    /// How long a refusal may turn out to be a role or database that is still being made.
    package let grace: Duration
    package let interruption: Interruption
    /// Whether a session that can only read will do.
    package let readOnly: Bool

    /// - Parameter connector: Asked before every attempt, because a secret may have been rotated meanwhile.
    package init(
        connector: @escaping () throws(DatabaseError) -> Connector,
        deadline: Deadline,
        grace: Duration,
        interruption: Interruption,
        readOnly: Bool = false
    ) {
        self.connector = connector
        self.deadline = deadline
        self.grace = grace
        self.interruption = interruption
        self.readOnly = readOnly
    }

    /// - Throws: `ServerWait.Failure` when the deadline passes, a refusal is final, or the interruption is asked for.
    ///
    /// - Parameter isPointless: Asked after every attempt that failed; when it says so, that failure is thrown.
    package func run(
        unless isPointless: () -> Bool = { false },
        observe: @escaping (Progress) -> Void
    ) throws(Failure) -> PostgresSession {
        var state = WaitState(grace: grace)
        while true {
            do throws(DatabaseError) {
                return try attempt(observe)
            } catch {
                let failureClass = FailureClass(error)
                state.note(error, failureClass)
                if state.isFinal(failureClass) || error.kind == .interrupted || deadline.hasPassed
                    || isPointless()
                {
                    throw Failure(error: error, failureClass: failureClass, attempts: state.attempts)
                }
                if state.isWorthTelling { observe(state.progress) }
                let rest = min(state.pause(), deadline.remaining)
                guard pause(for: rest, or: interruption) else {
                    let error = DatabaseError(.interrupted, "interrupted while waiting for the database")
                    throw Failure(error: error, failureClass: .transient, attempts: state.attempts)
                }
            }
        }
    }

    private func attempt(_ observe: @escaping (Progress) -> Void) throws(DatabaseError) -> PostgresSession {
        // A deadline that has passed already asks for one attempt, not for none.
        let patience = Deadline.after(.seconds(5))
        let limit = deadline.hasPassed ? patience : min(deadline, patience)
        let session = try connector().connect(until: limit) { observe(.notice($0)) }
        guard !readOnly else { return session }
        let probe =
            "SELECT pg_catalog.pg_is_in_recovery() OR pg_catalog.current_setting('transaction_read_only')::bool"
        guard try session.query(probe, [], until: limit).first?.first == "f" else {
            throw DatabaseError(
                .server(.readOnlyTransaction),
                "the server accepts no writes: it is a standby or read-only"
            )
        }
        return session
    }
}

/// What has been seen so far.
private struct WaitState {
    private(set) var attempts = 0
    private(set) var isWorthTelling = false

    private let began = ContinuousClock.now
    private let grace: Duration
    private var reason = ""
    private var lastTold = ContinuousClock.now
    private var refusedSince: ContinuousClock.Instant?
    private var backoff = Backoff(first: .milliseconds(50), cap: .milliseconds(200))
    private var refused = false

    init(grace: Duration) { self.grace = grace }

    mutating func note(_ error: DatabaseError, _ failureClass: FailureClass) {
        attempts += 1
        let now = ContinuousClock.now
        refused = failureClass != .transient
        refusedSince = refused ? refusedSince ?? now : nil
        isWorthTelling = error.description != reason || now - lastTold >= .seconds(10)
        reason = error.description
        if isWorthTelling { lastTold = now }
    }

    var progress: ServerWait.Progress {
        .waiting(attempt: attempts, reason: reason, elapsed: ContinuousClock.now - began)
    }

    func isFinal(_ failureClass: FailureClass) -> Bool {
        switch failureClass {
        case .transient: false
        case .permanent: true
        case .graced: refusedSince.map { ContinuousClock.now - $0 >= grace } ?? false
        }
    }

    /// A server that comes up is noticed within a quarter of a second; one that refuses is not asked so often that it locks
    /// the account.
    mutating func pause() -> Duration {
        refused ? min(.seconds(2), max(grace / 3, .milliseconds(200))) : backoff.pause()
    }
}
