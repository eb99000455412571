package import Database

/// A session that another one waits for.
package struct Blocker: Sendable, Hashable {
    package let pid: Int
    package let applicationName: String
    package let user: String
    package let state: String
    /// Seconds its transaction has been open.
    package let age: Int
    /// What is locked, such as a table's name, and in which mode it is wanted.
    package let object: String
    package let wanted: String
}

extension PostgresSession {
    /// Who keeps the session with process number `pid` waiting. The answer is gone once its statement has failed, so it
    /// must be asked on another session while it waits. Other sessions' SQL is not asked for: it may hold secrets.
    package func blockers(of pid: Int32) throws(DatabaseError) -> [Blocker] {
        let rows = try query(
            """
            SELECT b.pid, b.application_name, b.usename, b.state,
                extract(epoch FROM pg_catalog.clock_timestamp() - b.xact_start)::bigint,
                coalesce(w.relation::regclass::text, w.locktype), w.mode
            FROM pg_catalog.pg_locks w
            CROSS JOIN LATERAL pg_catalog.unnest(pg_catalog.pg_blocking_pids(w.pid)) AS p(pid)
            JOIN pg_catalog.pg_stat_activity b ON b.pid = p.pid
            WHERE w.pid = $1::int AND NOT w.granted
            """,
            [String(pid)]
        )
        return rows.map { row in
            Blocker(
                pid: row[0].flatMap { Int($0) } ?? 0,
                applicationName: row[1] ?? "",
                user: row[2] ?? "",
                state: row[3] ?? "unknown",
                age: row[4].flatMap { Int($0) } ?? 0,
                object: row[5] ?? "",
                wanted: row[6] ?? ""
            )
        }
    }
}
