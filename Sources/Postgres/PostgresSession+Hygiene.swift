package import Database

/// How a working session is set up, so that neither a killed runner nor a dead network leaves it behind.
package struct SessionHygiene: Sendable, Hashable {
    /// Schemas to look names up in; nil leaves what the role and the database say.
    package var searchPath: String?

    package init(searchPath: String? = nil) {
        self.searchPath = searchPath
    }

    /// The statements that bring a session to its first state, whatever a migration has set meanwhile.
    ///
    /// They are commands that take no snapshot, so that a migration may still choose its isolation level. Beneath them lie
    /// the values that the role, the database and the connection gave: RESET ALL goes back to those.
    package func statements(versionNumber: Int) -> String {
        var statements = """
            RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL; \
            SET idle_in_transaction_session_timeout = '60s'; \
            SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3;
            """
        if versionNumber >= 120_000 { statements += " SET tcp_user_timeout = '60s';" }
        if versionNumber >= 140_000 { statements += " SET client_connection_check_interval = '2s';" }
        if let searchPath { statements += " SET search_path = \(searchPath);" }
        return statements
    }
}

extension PostgresSession {
    /// Whether another program stands between: PgBouncer and its like invent the process number they give to a client.
    package func isPooled() throws(DatabaseError) -> Bool {
        try query("SELECT pg_catalog.pg_backend_pid()").first?.first.flatMap { $0 } != String(backendPID)
    }
}
