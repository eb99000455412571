package import Database

extension PostgresSession {
    /// What keeps a session from being left behind by a killed runner or a dead network, above the values that the role,
    /// the database and the connection gave: RESET ALL goes back to those.
    ///
    /// All of it are commands that take no snapshot, so that a migration may still choose its isolation level.
    package var restoration: [String] {
        var statements = [
            "RESET SESSION AUTHORIZATION", "RESET ROLE", "RESET ALL",
            "SET idle_in_transaction_session_timeout = '60s'",
            "SET tcp_keepalives_idle = 30", "SET tcp_keepalives_interval = 10",
            "SET tcp_keepalives_count = 3",
        ]
        if server.versionNumber >= 120_000 { statements.append("SET tcp_user_timeout = '60s'") }
        if server.versionNumber >= 140_000 {
            statements.append("SET client_connection_check_interval = '2s'")
        }
        if let searchPath { statements.append("SET search_path = \(searchPath)") }
        return statements
    }

    /// Whether another program stands between: PgBouncer and its like invent the process number they give to a client.
    ///
    /// - Throws: `DatabaseError`.
    package func isPooled() throws(DatabaseError) -> Bool {
        try query("SELECT pg_catalog.pg_backend_pid()").first?.first != String(backendPID)
    }
}
