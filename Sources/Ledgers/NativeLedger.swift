package import Database
import Revisions

/// The table `apus_revision`: one row for each applied revision, in a schema of the migrated database.
///
/// The statements it makes name everything with its schema, because a migration may leave any search path behind.
package struct NativeLedger {
    /// The table's name, without prefix: also the name that tells an Apus ledger.
    package static let tableName = "apus_revision"

    package let schema: String
    /// Whether the tables are there.
    package let exists: Bool
    let session: any Session
    let table: String
    let runTable: String

    /// Finds the ledger: in `schema` when given, else where the search path shows one, else where a new table would go.
    ///
    /// Looking before choosing matters: a migration that creates a schema with the role's name changes where new tables go.
    ///
    /// - Throws: `DatabaseError`; without any schema to create tables in, of kind `.configuration`.
    package static func locate(
        on session: any Session,
        schema: String?
    ) throws(DatabaseError) -> NativeLedger {
        let found = try session.query(
            """
            SELECT coalesce($1, (SELECT n.nspname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n
                ON n.oid = c.relnamespace WHERE c.oid = pg_catalog.to_regclass('\(tableName)')), pg_catalog.current_schema()),
                pg_catalog.to_regclass(CASE WHEN $1 IS NULL THEN '\(tableName)'
                    ELSE pg_catalog.format('%I.%I', $1::text, '\(tableName)') END) IS NOT NULL
            """,
            [schema]
        )
        guard let name = found.first?[0] else {
            throw DatabaseError(
                .configuration,
                "the search path names no schema that exists, so there is no place for the ledger",
                hint: "Create the schema, or name another one with --ledger-schema."
            )
        }
        return NativeLedger(schema: name, exists: found.first?[1] == "t", session: session)
    }

    private init(schema: String, exists: Bool, session: any Session) {
        self.schema = schema
        self.exists = exists
        table = "\(session.identifier(schema)).\(session.identifier(Self.tableName))"
        runTable = "\(session.identifier(schema)).\(session.identifier("apus_run"))"
        self.session = session
    }

    /// What the lock is named after: one history, one lock.
    package var lockName: String { "apus:\(schema).\(Self.tableName)" }

    /// Every entry, in the order the revisions were applied.
    ///
    /// - Throws: `DatabaseError`.
    package func entries() throws(DatabaseError) -> [LedgerEntry] {
        try entries(
            """
            revision, state, checksum, description,
                pg_catalog.to_char(applied_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
                execution_ms, run_id, statements_done
            """
        )
    }

    /// The same with nothing but revision, state and checksum, which is all that a run with nothing to do looks at. It takes
    /// a third of the time.
    ///
    /// - Throws: `DatabaseError`.
    package func outline() throws(DatabaseError) -> [LedgerEntry] {
        try entries("revision, state, checksum")
    }

    private func entries(_ columns: String) throws(DatabaseError) -> [LedgerEntry] {
        guard exists else { return [] }
        return try session.query("SELECT \(columns) FROM \(table) ORDER BY applied_at, sequence")
            .compactMap { LedgerEntry($0) }
    }

    /// The statements that make the tables. They may be run again.
    package var creation: String {
        """
        CREATE TABLE IF NOT EXISTS \(table) (
            revision text PRIMARY KEY,
            checksum text NOT NULL,
            description text NOT NULL,
            applied_at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
            execution_ms bigint NOT NULL,
            run_id text NOT NULL,
            state text NOT NULL CHECK (state IN ('applied', 'running', 'failed')),
            statements_done integer NOT NULL DEFAULT 0,
            tool_version text NOT NULL,
            applied_by text NOT NULL DEFAULT current_user,
            sequence bigint GENERATED ALWAYS AS IDENTITY
        );
        CREATE TABLE IF NOT EXISTS \(runTable) (
            id text PRIMARY KEY,
            started_at timestamptz NOT NULL,
            finished_at timestamptz,
            outcome text NOT NULL,
            exit_code integer,
            from_revisions text[] NOT NULL,
            to_revisions text[] NOT NULL,
            host text NOT NULL,
            pid integer NOT NULL,
            tool_version text NOT NULL,
            backup jsonb,
            error text
        );
        """
    }
}

extension LedgerEntry {
    fileprivate init?(_ row: Row) {
        guard row.count >= 3, let revision = row[0], let state = row[1].flatMap({ State(rawValue: $0) })
        else { return nil }
        func detail(_ column: Int) -> String? { column < row.count ? row[column] : nil }
        self.init(
            revision: Revision.ID(rawValue: revision),
            state: state,
            checksum: row[2] ?? "",
            description: detail(3) ?? "",
            appliedAt: detail(4) ?? "",
            executionMilliseconds: detail(5).flatMap { Int($0) } ?? 0,
            runID: detail(6) ?? "",
            statementsDone: detail(7).flatMap { Int($0) } ?? 0
        )
    }
}

extension NativeLedger {
    func literal(_ value: String?) -> String { session.literal(value) }
    func literal(_ revision: Revision.ID) -> String { session.literal(revision.rawValue) }
}
