import Database

/// The ledger in the main schema of a SQLite file: the same tables, with moments as RFC 3339 text, lists as JSON text.
struct SQLiteLedgerDialect: LedgerDialect {
    /// Whether the statements are for a shell of SQLite's, which does not know the functions of our sessions.
    var isScript = false

    private static let format = "'%Y-%m-%dT%H:%M:%fZ'"

    func locate(_ table: String, on session: any Session, schema: String?) throws(DatabaseError) -> (
        schema: String, exists: Bool
    ) {
        guard schema == nil || schema == "main" else {
            throw DatabaseError(
                .configuration,
                "a SQLite file has no schema of its own for the ledger",
                hint: "Leave --ledger-schema out."
            )
        }
        let found = try session.query(
            "SELECT 1 FROM main.sqlite_schema WHERE type = 'table' AND name = $1",
            [table]
        )
        return ("main", !found.isEmpty)
    }

    func present(_ tables: [String], on session: any Session) throws(DatabaseError) -> [String] {
        let names = tables.map(literal).joined(separator: ",")
        return try session.query(
            "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name IN (\(names))"
        ).compactMap { $0[0] }
    }

    /// Without AUTOINCREMENT, which would make the table `sqlite_sequence` in a database that has none.
    func creation(of table: String, and runTable: String) -> [String] {
        [
            """
            CREATE TABLE IF NOT EXISTS \(table) (
                revision TEXT NOT NULL UNIQUE,
                checksum TEXT NOT NULL,
                description TEXT NOT NULL,
                applied_at TEXT NOT NULL DEFAULT (strftime(\(Self.format), 'now')),
                execution_ms INTEGER NOT NULL,
                run_id TEXT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('applied', 'running', 'failed', 'reverting', 'revert_failed')),
                statements_done INTEGER NOT NULL DEFAULT 0,
                tool_version TEXT NOT NULL,
                applied_by TEXT NOT NULL,
                repaired_at TEXT,
                repaired_by TEXT,
                sequence INTEGER PRIMARY KEY
            )
            """,
            """
            CREATE TABLE IF NOT EXISTS \(runTable) (
                id TEXT PRIMARY KEY,
                started_at TEXT NOT NULL,
                finished_at TEXT,
                outcome TEXT NOT NULL,
                exit_code INTEGER,
                from_revisions TEXT NOT NULL,
                to_revisions TEXT NOT NULL,
                host TEXT NOT NULL,
                pid INTEGER NOT NULL,
                run_by TEXT NOT NULL,
                tool_version TEXT NOT NULL,
                backup TEXT,
                error TEXT
            )
            """,
        ]
    }

    var now: String { "strftime(\(Self.format), 'now')" }

    // SQLite knows neither users nor when a transaction began: the session's own functions say it.
    var user: String { isScript ? "'sqlite3'" : "apus_user()" }
    var millisecondsOfTransaction: String { isScript ? "0" : "apus_transaction_ms()" }

    func milliseconds(since column: String) -> String {
        "CAST(round((julianday('now') - julianday(\(column))) * 86400000) AS INTEGER)"
    }

    func timestamp(_ column: String) -> String { "strftime('%Y-%m-%dT%H:%M:%SZ', \(column))" }
    func list(_ literals: [String]) -> String { "json_array(\(literals.joined(separator: ",")))" }
    func json(_ literal: String) -> String { literal }

    var usualSchema: String { "main" }

    func literal(_ value: String?) -> String {
        guard let value else { return "NULL" }
        return Quoting.quoted(value, "'")
    }

    func identifier(_ name: String) -> String {
        Quoting.quoted(name, "\"")
    }

    func demand(_ condition: String) -> String {
        "CASE WHEN \(condition) THEN 1 ELSE apus_table_changed() END"
    }
}
