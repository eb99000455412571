/// What a database, or the way to it, answered instead of a result.
package struct DatabaseError: Error, Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// The server refused a statement or a session, and said why.
        case server(SQLState)
        /// No session came about, and the server did not say why: refused, unresolved, silent.
        case unreachable
        /// A session was there and is gone.
        case connectionLost
        /// A limit set on this side passed first.
        case timedOut
        /// SIGTERM or SIGINT asked for the end.
        case interrupted
        /// The request itself cannot be right: a malformed URL, an impossible option.
        case configuration
    }

    package var kind: Kind
    package var message: String
    package var detail: String?
    package var hint: String?
    /// The call stack of the server, such as the line of a PL/pgSQL function.
    package var context: String?
    /// Where in the text sent the server saw the error, in characters from 1.
    package var position: Int?
    /// How many statements of the message had succeeded before.
    package var statementsCompleted = 0

    package init(
        _ kind: Kind,
        _ message: String,
        detail: String? = nil,
        hint: String? = nil,
        context: String? = nil,
        position: Int? = nil
    ) {
        self.kind = kind
        self.message = message
        self.detail = detail
        self.hint = hint
        self.context = context
        self.position = position
    }

    /// The server's code, when the server answered.
    package var sqlState: SQLState? {
        guard case .server(let state) = kind else { return nil }
        return state
    }

    /// Whether the session is of no use any more.
    package var endsSession: Bool {
        switch kind {
        case .connectionLost, .unreachable: true
        case .server(let state): [.adminShutdown, .crashShutdown].contains(state)
        case .timedOut, .interrupted, .configuration: false
        }
    }

    /// Whether the same transaction may well succeed a moment later: a lock was not to be had, or two transactions met.
    package var isWorthRetrying: Bool {
        guard let sqlState else { return false }
        return [.lockNotAvailable, .deadlockDetected, .serializationFailure].contains(sqlState)
    }
}

extension DatabaseError: CustomStringConvertible {
    /// One line: the message, and the code in front of it when there is one.
    package var description: String {
        sqlState.map { "\($0.rawValue): \(message)" } ?? message
    }
}
