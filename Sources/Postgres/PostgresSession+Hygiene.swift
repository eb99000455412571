package import Database
import Waiting

extension PostgresSession {
    /// How long what Apus itself reads and writes waits for a lock at one time: who keeps a ledger would stop everybody, for good
    /// and without a word.
    static var ownLockTimeout: String { "3s" }

    /// What keeps a session from being left behind by a killed runner or a dead network, above the values that the role,
    /// the database and the connection gave: RESET ALL goes back to those.
    ///
    /// A new session has no cursors, prepared statements, channels and temporary tables either. Left by one migration, they
    /// would get in the way of another only when both happen to be in one run.
    package var restoration: [String] {
        var statements = [
            "RESET SESSION AUTHORIZATION", "RESET ROLE", "RESET ALL",
            "SET lock_timeout = '\(Self.ownLockTimeout)'", "CLOSE ALL", "DEALLOCATE ALL", "UNLISTEN *",
            "DISCARD TEMP",
            "SET idle_in_transaction_session_timeout = '60s'",
            "SET tcp_keepalives_idle = 30", "SET tcp_keepalives_interval = 10",
            "SET tcp_keepalives_count = 3",
        ]
        if server.versionNumber >= 120_000 { statements.append("SET tcp_user_timeout = '60s'") }
        if server.versionNumber >= 140_000 {
            statements.append("SET client_connection_check_interval = '2s'")
            // A backup may take an hour, and the session waits for it without a word.
            statements.append("SET idle_session_timeout = 0")
        }
        if let searchPath { statements.append("SET search_path = \(searchPath)") }
        return statements
    }

    package var restorationWithin: [String] { restoration }

    package func open(_ message: inout Message, begin: ArraySlice<UInt8>?, _ limits: Limits) -> Int {
        if let begin { message.append(begin) } else { message.append("BEGIN") }
        message.append(";SET LOCAL lock_timeout = \(limits.lock.milliseconds);")
        message.append("SET LOCAL statement_timeout = \(limits.statement?.milliseconds ?? 0);\n")
        return 3
    }

    package var closing: [String] { ["RESET SESSION AUTHORIZATION", "RESET ROLE"] }

    package func returningToRole() throws(DatabaseError) -> [String] {
        let name = (try query("SELECT pg_catalog.current_setting('role')").first?.first ?? nil) ?? "none"
        let role = name == "none" ? "NONE" : identifier(name)
        return ["SET LOCAL SESSION AUTHORIZATION DEFAULT", "SET LOCAL ROLE \(role)"]
    }

    package func setting(_ limits: Limits) -> [String] {
        [
            "SET lock_timeout = \(limits.lock.milliseconds)",
            "SET statement_timeout = \(limits.statement?.milliseconds ?? 0)",
        ]
    }

    /// As it is: the statements of one message are one transaction (manual, 55.2.2.1).
    package func whole(_ message: Message) -> Message { message }

    /// Whether another program stands between: PgBouncer and its like invent the process number they give to a client.
    ///
    /// - Throws: `DatabaseError`.
    package func isPooled() throws(DatabaseError) -> Bool {
        try query("SELECT pg_catalog.pg_backend_pid()").first?.first != String(backendPID)
    }
}
