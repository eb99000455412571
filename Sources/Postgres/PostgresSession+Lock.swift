package import Database

/// The number that a lock has on the server.
package struct LockKey: Sendable, Hashable {
    package let number: Int64

    package init(number: Int64) { self.number = number }

    /// As `pg_locks` shows it: the halves of a bigint key in two columns.
    fileprivate var condition: String {
        let bits = UInt64(bitPattern: number)
        return
            "locktype = 'advisory' AND classid = \(bits >> 32) AND objid = \(bits & 0xFFFF_FFFF) AND objsubid = 1 "
            + "AND database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())"
    }
}

/// Who holds the lock, or runs something it should not.
package struct Holder: Sendable, Hashable {
    package let pid: Int
    package let applicationName: String
    package let user: String
    package let address: String
    package let state: String
    /// Seconds since its session began, or since its transaction did, when it is in one.
    package let age: Int

    fileprivate init?(_ row: Row) {
        guard row.count == 6, let pid = row[0].flatMap({ Int($0) }) else { return nil }
        self.pid = pid
        applicationName = row[1] ?? ""
        user = row[2] ?? ""
        address = row[3] ?? "local"
        state = row[4] ?? "unknown"
        age = row[5].flatMap { Int($0) } ?? 0
    }
}

private let holderColumns = """
    a.pid, a.application_name, a.usename, pg_catalog.host(a.client_addr), a.state, \
    extract(epoch FROM pg_catalog.clock_timestamp() - coalesce(a.xact_start, a.backend_start))::bigint
    """

extension PostgresSession {
    /// Takes the session-level advisory lock if it is free, and never queues for it: a queued session deadlocks with
    /// `CREATE INDEX CONCURRENTLY` of the holder.
    package func tryLock(_ key: LockKey) throws(DatabaseError) -> Bool {
        try query("SELECT pg_catalog.pg_try_advisory_lock($1::bigint)", [String(key.number)]).first?.first
            == "t"
    }

    /// - Returns: `false` when the lock was not ours, which says that something went wrong before.
    @discardableResult
    package func unlock(_ key: LockKey) throws(DatabaseError) -> Bool {
        try query("SELECT pg_catalog.pg_advisory_unlock($1::bigint)", [String(key.number)]).first?.first
            == "t"
    }

    /// Who has the lock now.
    package func holder(of key: LockKey) throws(DatabaseError) -> Holder? {
        try query(
            """
            SELECT \(holderColumns) FROM pg_catalog.pg_locks l
            JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid WHERE l.granted AND \(key.condition)
            """
        ).first.flatMap { Holder($0) }
    }

    /// Sessions of earlier runners that are still at work in this database: their client is gone, their statement is not.
    package func orphans(namedLike prefix: String) throws(DatabaseError) -> [Holder] {
        try query(
            """
            SELECT \(holderColumns) FROM pg_catalog.pg_stat_activity a
            WHERE a.datname = pg_catalog.current_database() AND a.pid <> pg_catalog.pg_backend_pid()
              AND pg_catalog.starts_with(a.application_name, $1) AND a.state <> 'idle'
              AND a.xact_start < pg_catalog.clock_timestamp() - interval '500 milliseconds'
            """,
            [prefix]
        ).compactMap { Holder($0) }
    }

    /// Ends another session of the same role.
    package func terminate(_ holder: Holder) throws(DatabaseError) {
        _ = try query("SELECT pg_catalog.pg_terminate_backend($1::int)", [String(holder.pid)])
    }

    /// A condition that is true when this transaction may go on: the session lock is still ours, and nobody else is inside
    /// a transaction of the same kind. When it does not hold, evaluating it is an error with `LockKey.lostMessage`.
    package func proof(of key: LockKey, within transactionKey: LockKey) -> String {
        """
        CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_locks l WHERE l.pid = pg_catalog.pg_backend_pid() \
        AND l.granted AND \(key.condition)) AND pg_catalog.pg_try_advisory_xact_lock(\(transactionKey.number)) \
        THEN true ELSE ('\(LockKey.lostMessage)' || pg_catalog.left(pg_catalog.version(), 0))::bool END
        """
    }
}

extension LockKey {
    /// Part of the error of a transaction that found the lock gone.
    package static let lostMessage = "apus: the lock is no longer held by this session"
}
