import Database

extension SQLiteSession {
    /// Gives a table another definition, and keeps its rows and all that belongs to it.
    ///
    /// - Parameter create: Runs the `CREATE TABLE` with the new definition.
    /// - Throws: `DatabaseError`.
    func rebuild(
        _ directive: RebuildDirective,
        _ create: () throws(DatabaseError) -> Void
    ) throws(DatabaseError) {
        let table = try tableName(directive.table)
        try checkSurroundings(of: table)
        let before = try Surroundings(of: table, in: self)
        let oldTable = "_apus_old_\(table)"
        _ = try rows(of: "PRAGMA legacy_alter_table = ON")
        defer { _ = try? rows(of: "PRAGMA legacy_alter_table = OFF") }
        try step(
            "putting it aside",
            of: table,
            "ALTER TABLE main.\(quoted(table)) RENAME TO \(quoted(oldTable))"
        )
        try create()
        let definition = try rows(
            of: "SELECT sql FROM main.sqlite_schema WHERE type = 'table' AND name = $1",
            [table]
        )
        guard let sql = definition.first?[0] else {
            throw refusal(
                table,
                "the statement below \"-- apus:rebuild \(table)\" has to be CREATE TABLE \(table) (…)"
            )
        }
        let plan = RebuildPlan(
            table: table,
            oldTable: oldTable,
            old: before.shape,
            new: try shape(of: table),
            expressions: directive.expressions,
            belongings: before.belongings,
            sequence: sql.lowercased().contains("autoincrement") ? before.sequence : nil
        )
        if let stray = plan.strays.first {
            throw refusal(table, "its new definition has no column \(stray) to fill")
        }
        for each in plan.steps { try step(each.purpose, of: table, each.sql) }
        let broken = before.views.subtracting(try workingViews())
        if let view = broken.sorted().first {
            throw refusal(
                table,
                "the view \(view) does not work with the new definition: drop it before, and make it anew"
            )
        }
    }

    private func step(_ purpose: String, of table: String, _ sql: String) throws(DatabaseError) {
        do throws(DatabaseError) {
            _ = try rows(of: sql)
        } catch {
            var error = error
            error.message = "rebuilding \(table), \(purpose): \(error.message)"
            throw error
        }
    }

    /// The name as the schema spells it.
    private func tableName(_ name: String) throws(DatabaseError) -> String {
        let found = try rows(
            of: """
                SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name = $1 COLLATE NOCASE
                AND sql NOT LIKE 'CREATE VIRTUAL%'
                """,
            [name]
        )
        guard let found = found.first?[0] else { throw refusal(name, "there is no such table") }
        return found
    }

    /// With foreign keys enforced, dropping the old table would delete the rows that refer to it.
    private func checkSurroundings(of table: String) throws(DatabaseError) {
        guard isInTransaction else { throw refusal(table, "it has to be done in a transaction") }
        guard try rows(of: "PRAGMA foreign_keys").first?[0] == "0" else {
            throw refusal(table, "it cannot be done while foreign keys are enforced (PRAGMA foreign_keys)")
        }
    }

    fileprivate func shape(of table: String) throws(DatabaseError) -> TableShape {
        let isWithoutRowid = try rows(
            of: "SELECT wr FROM pragma_table_list($1) WHERE schema = 'main'",
            [table]
        )
        let columns = try rows(of: "SELECT name, type, pk, hidden FROM pragma_table_xinfo($1)", [table])
        let keys = columns.count { $0[2] != "0" }
        let hasRowid = isWithoutRowid.first?[0] != "1"
        return TableShape(
            columns: columns.map { row in
                TableShape.Column(
                    name: row[0] ?? "",
                    isGenerated: row[3] != "0",
                    isRowid: hasRowid && keys == 1 && row[2] == "1" && row[1]?.uppercased() == "INTEGER"
                )
            },
            hasRowid: hasRowid
        )
    }

    /// The views that can be read as they are.
    fileprivate func workingViews() throws(DatabaseError) -> Set<String> {
        let names = try rows(of: "SELECT name FROM main.sqlite_schema WHERE type = 'view'").compactMap(
            \.first
        )
        var working: Set<String> = []
        for name in names.compactMap(\.self)
        where (try? rows(of: "SELECT * FROM main.\(quoted(name)) LIMIT 0")) != nil {
            working.insert(name)
        }
        return working
    }

    private func refusal(_ table: String, _ reason: String) -> DatabaseError {
        DatabaseError(.server("42000"), "rebuilding \(table): \(reason)")
    }
}

/// A table and what hangs on it, before.
private struct Surroundings {
    let shape: TableShape
    let belongings: [SchemaObject]
    let sequence: Int64?
    let views: Set<String>

    init(of table: String, in session: SQLiteSession) throws(DatabaseError) {
        shape = try session.shape(of: table)
        belongings = try session.rows(
            of: """
                SELECT type, name, sql FROM main.sqlite_schema WHERE tbl_name = $1 COLLATE NOCASE
                AND type IN ('index', 'trigger') AND sql IS NOT NULL ORDER BY type, rowid
                """,
            [table]
        ).map { SchemaObject(type: $0[0] ?? "", name: $0[1] ?? "", sql: $0[2] ?? "") }
        let numbers =
            try session.hasSequences
            ? session.rows(of: "SELECT seq FROM main.sqlite_sequence WHERE name = $1", [table]) : []
        sequence = numbers.first?[0].flatMap { Int64($0) }
        views = try session.workingViews()
    }
}

extension SQLiteSession {
    /// `sqlite_sequence` is there as soon as a table was made with AUTOINCREMENT.
    fileprivate var hasSequences: Bool {
        get throws(DatabaseError) {
            try !rows(of: "SELECT 1 FROM main.sqlite_schema WHERE name = 'sqlite_sequence'").isEmpty
        }
    }
}
