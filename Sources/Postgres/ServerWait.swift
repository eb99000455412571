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
    package typealias Failure = Unavailability

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

    /// - Parameter isPointless: Asked after every attempt that failed; when it says so, that failure is thrown.
    /// - Throws: `Unavailability` when the deadline passes, a refusal is final, or the interruption is asked for.
    package func run(
        unless isPointless: () -> Bool = { false },
        observe: @escaping (Progress) -> Void
    ) throws(Failure) -> PostgresSession {
        let wait = SessionWait(
            deadline: deadline,
            grace: grace,
            interruption: interruption,
            classify: FailureClass.init
        )
        return try wait.run(unless: isPointless) { () throws(DatabaseError) in
            try attempt(observe)
        } observe: { attempt, reason, elapsed in
            observe(.waiting(attempt: attempt, reason: reason, elapsed: elapsed))
        }
    }

    private func attempt(_ observe: @escaping (Progress) -> Void) throws(DatabaseError) -> PostgresSession {
        // A deadline that has passed already asks for one attempt, not for none.
        let patience = Deadline.after(.seconds(5))
        let limit = deadline.hasPassed ? patience : min(deadline, patience)
        let session = try connector().connect(until: limit) { observe(.notice($0)) }
        // On while the server is in recovery, too.
        let isReadOnly = try session.query(
            all: "SET lock_timeout = '\(PostgresSession.ownLockTimeout)'; SHOW transaction_read_only",
            until: limit
        ).first?.first
        guard readOnly || isReadOnly == "off" else {
            throw DatabaseError(
                .server(.readOnlyTransaction),
                "the server accepts no writes: it is a standby or read-only"
            )
        }
        return session
    }
}
