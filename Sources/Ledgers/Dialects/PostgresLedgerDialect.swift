import Database

/// The ledger in a schema of a PostgreSQL database. Every name stands with its schema, because a migration may leave any
/// search path behind.
struct PostgresLedgerDialect: LedgerDialect {
    /// In `schema` when given, else where the search path shows one, else where a new table would go.
    ///
    /// Looking before choosing matters: a migration that creates a schema with the role's name changes where new tables go.
    /// A join of pg_class and pg_namespace tells the same; in a session that has just begun it takes several times as long.
    func locate(_ tableName: String, on session: any Session, schema: String?) throws(DatabaseError) -> (
        schema: String, exists: Bool
    ) {
        let (name, quoted) = (literal(tableName), literal(identifier(tableName)))
        let found = try session.query(
            """
            SELECT coalesce($1, (pg_catalog.pg_identify_object_as_address('pg_catalog.pg_class'::pg_catalog.regclass,
                    pg_catalog.to_regclass(\(quoted)), 0)).object_names[1], pg_catalog.current_schema()),
                pg_catalog.to_regclass(CASE WHEN $1 IS NULL THEN \(quoted)
                    ELSE pg_catalog.format('%I.%I', $1::text, \(name)::text) END) IS NOT NULL
            """,
            [schema]
        )
        guard let schema = found.first?[0] else {
            throw DatabaseError(
                .configuration,
                "the search path names no schema that exists, so there is no place for the ledger",
                hint: "Create the schema, or name another one with --ledger-schema."
            )
        }
        return (schema, found.first?[1] == "t")
    }

    func present(_ tables: [String], on session: any Session) throws(DatabaseError) -> [String] {
        try session.query(
            """
            SELECT name FROM pg_catalog.unnest(\(list(tables.map(literal)))) AS name
            WHERE pg_catalog.to_regclass(pg_catalog.quote_ident(name)) IS NOT NULL
            """
        ).compactMap { $0[0] }
    }

    var usualSchema: String { "public" }

    func creation(of table: String, and runTable: String) -> [String] {
        [
            """
            CREATE TABLE IF NOT EXISTS \(table) (
                revision text PRIMARY KEY,
                checksum text NOT NULL,
                description text NOT NULL,
                applied_at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
                execution_ms bigint NOT NULL,
                run_id text NOT NULL,
                state text NOT NULL CHECK (state IN ('applied', 'running', 'failed', 'reverting', 'revert_failed')),
                statements_done integer NOT NULL DEFAULT 0,
                tool_version text NOT NULL,
                applied_by text NOT NULL DEFAULT current_user,
                repaired_at timestamptz,
                repaired_by text,
                sequence bigint GENERATED ALWAYS AS IDENTITY
            )
            """,
            """
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
                run_by text NOT NULL DEFAULT current_user,
                tool_version text NOT NULL,
                backup jsonb,
                error text
            )
            """,
        ]
    }

    var now: String { "pg_catalog.clock_timestamp()" }
    var user: String { "current_user" }
    var millisecondsOfTransaction: String { milliseconds(since: "pg_catalog.transaction_timestamp()") }

    func milliseconds(since column: String) -> String {
        "(extract(epoch FROM pg_catalog.clock_timestamp() - \(column)) * 1000)::bigint"
    }

    func timestamp(_ column: String) -> String {
        "pg_catalog.to_char(\(column) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
    }

    func list(_ literals: [String]) -> String { "ARRAY[\(literals.joined(separator: ","))]::text[]" }
    func json(_ literal: String) -> String { "\(literal)::jsonb" }

    /// Right whatever `standard_conforming_strings` says: a backslash gets the syntax that always reads it as an escape.
    func literal(_ value: String?) -> String {
        guard let value else { return "NULL" }
        guard value.utf8.contains(UInt8(ascii: "\\")) else { return Quoting.quoted(value, "'") }
        var escaped = String.UnicodeScalarView()
        for scalar in value.unicodeScalars {
            if scalar == "\\" { escaped.append(scalar) }
            escaped.append(scalar)
        }
        return " E\(Quoting.quoted(String(escaped), "'"))"
    }

    func identifier(_ name: String) -> String {
        Quoting.quoted(name, "\"")
    }

    func demand(_ condition: String) -> String {
        """
        CASE WHEN \(condition) THEN true ELSE (pg_catalog.left(pg_catalog.version(), 0) OPERATOR(pg_catalog.||) \
        '\(LedgerRefusal.changedMessage)')::pg_catalog.bool END
        """
    }
}
