package import Database

// Session-level advisory locks (PostgreSQL manual, 13.3.5): they end with the session, survive a rollback, and hold within
// one database.
extension PostgresSession {
    /// Polled, never queued for: a session that queues deadlocks with `CREATE INDEX CONCURRENTLY` of the holder.
    ///
    /// Taken twice, which the server counts: `proof` gives one back and takes it again, and keeps the lock meanwhile.
    package func tryLock(_ key: LockKey) throws(DatabaseError) -> Bool {
        let lock = "pg_catalog.pg_try_advisory_lock($1::bigint)"
        return try isTrue("CASE WHEN \(lock) THEN \(lock) ELSE false END", key)
    }

    package func unlock(_ key: LockKey) throws(DatabaseError) -> Bool {
        let unlock = "pg_catalog.pg_advisory_unlock($1::bigint)"
        return try isTrue("CASE WHEN \(unlock) THEN \(unlock) ELSE false END", key)
    }

    private func isTrue(_ condition: String, _ key: LockKey) throws(DatabaseError) -> Bool {
        try query("SELECT \(condition)", [String(key.number)]).first?.first == "t"
    }

    package func holder(of key: LockKey) throws(DatabaseError) -> OtherSession? {
        try query(
            """
            SELECT \(OtherSession.columns) FROM pg_catalog.pg_locks l
            JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid WHERE l.granted AND \(key.condition)
            """
        ).first.flatMap { OtherSession($0) }
    }

    /// Only a holder can give a lock back. To look into `pg_locks` would stop everybody's locking for a moment, and takes a
    /// hundred times as long. The transaction's own lock comes first: should a migration have given the other one back once, so
    /// that it is free for an instant, nobody else can prove it.
    package func proof(of key: LockKey, within inner: LockKey) -> String {
        """
        CASE WHEN CASE WHEN pg_catalog.pg_try_advisory_xact_lock(\(inner.number)) \
        THEN CASE WHEN pg_catalog.pg_advisory_unlock(\(key.number)) \
        THEN pg_catalog.pg_try_advisory_lock(\(key.number)) END END \
        THEN true ELSE (pg_catalog.left(pg_catalog.version(), 0) OPERATOR(pg_catalog.||) \
        '\(LockKey.lostMessage)')::pg_catalog.bool END
        """
    }
}

// Other sessions, as pg_stat_activity shows them to any role.
extension PostgresSession {
    /// A session that holds a lock is none: ours is in our hands, so it works for another history of this database.
    package func orphans(namedLike prefix: String) throws(DatabaseError) -> [OtherSession] {
        try query(
            """
            SELECT \(OtherSession.columns) FROM pg_catalog.pg_stat_activity a
            WHERE a.datname = pg_catalog.current_database() AND a.pid <> pg_catalog.pg_backend_pid()
              AND pg_catalog.starts_with(a.application_name, $1) AND a.state <> 'idle'
              AND a.xact_start < pg_catalog.clock_timestamp() - interval '500 milliseconds'
              AND NOT EXISTS (SELECT FROM pg_catalog.pg_locks l
                WHERE l.pid = a.pid AND l.locktype = 'advisory' AND l.granted)
            """,
            [prefix]
        ).compactMap { OtherSession($0) }
    }

    package func terminate(_ session: OtherSession) throws(DatabaseError) {
        _ = try query("SELECT pg_catalog.pg_terminate_backend($1::int)", [String(session.pid)])
    }

    /// The answer is gone once the waiting statement has failed. The SQL of others is not asked for: it may hold secrets.
    package func blockers(of other: any Session) throws(DatabaseError) -> [Blocker] {
        guard let other = other as? PostgresSession else { return [] }
        return try query(
            """
            SELECT \(OtherSession.columns), coalesce(w.relation::regclass::text, w.locktype), w.mode
            FROM pg_catalog.pg_locks w
            CROSS JOIN LATERAL pg_catalog.unnest(pg_catalog.pg_blocking_pids(w.pid)) AS p(pid)
            JOIN pg_catalog.pg_stat_activity a ON a.pid = p.pid
            WHERE w.pid = $1::int AND NOT w.granted
            """,
            [String(other.backendPID)]
        ).compactMap { row in
            OtherSession(row).map { Blocker(session: $0, object: row[6] ?? "", wanted: row[7] ?? "") }
        }
    }
}

extension LockKey {
    /// As `pg_locks` shows it: the halves of a bigint key in two columns, in this database: the view shows those of all.
    fileprivate var condition: String {
        let bits = UInt64(bitPattern: number)
        return """
            l.locktype = 'advisory' AND l.classid = \(bits >> 32) AND l.objid = \(bits & 0xFFFF_FFFF) \
            AND l.objsubid = 1 AND l.database = (SELECT oid FROM pg_catalog.pg_database \
            WHERE datname = pg_catalog.current_database())
            """
    }
}

extension OtherSession {
    fileprivate static let columns = """
        a.pid, a.application_name, a.usename, coalesce(pg_catalog.host(a.client_addr), 'local'), a.state, \
        extract(epoch FROM pg_catalog.clock_timestamp() - coalesce(a.xact_start, a.backend_start))::bigint
        """

    fileprivate init?(_ row: Row) {
        guard row.count >= 6, let pid = row[0].flatMap({ Int($0) }) else { return nil }
        self.init(
            pid: pid,
            applicationName: row[1] ?? "",
            user: row[2] ?? "",
            address: row[3] ?? "",
            state: row[4] ?? "unknown",
            age: row[5].flatMap { Int($0) } ?? 0
        )
    }
}
