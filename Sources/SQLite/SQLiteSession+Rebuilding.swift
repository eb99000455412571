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
        let renaming = "ALTER TABLE main.\(quoted(table)) RENAME TO \(quoted(oldTable))"
        try step(RebuildPlan.Step(purpose: "putting it aside", sql: renaming), of: table)
        try create()
        let new = try definition(of: table)
        let plan = RebuildPlan(
            table: new.name,
            oldTable: oldTable,
            old: before.shape,
            new: try shape(of: new.name),
            expressions: directive.expressions,
            belongings: before.belongings,
            sequence: new.sql.lowercased().contains("autoincrement") ? before.sequence : nil
        )
        try fill(plan)
        for each in plan.steps { try step(each, of: table) }
        try checkIndexes(before.indexColumns, of: table)
        try checkDependents(before.dependents, of: table)
    }

    /// The name that the new definition gives the table, which may differ in its case, and its text.
    private func definition(of table: String) throws(DatabaseError) -> (name: String, sql: String) {
        let found = try rows(
            of: "SELECT name, sql FROM main.sqlite_schema WHERE type = 'table' AND name = $1 COLLATE NOCASE",
            [table]
        )
        guard let name = found.first?[0], let sql = found.first?[1] else {
            throw refusal(
                table,
                "the statement below \"-- apus:rebuild \(table)\" has to be CREATE TABLE \(table) (…)"
            )
        }
        return (name, sql)
    }

    /// Copies the rows, and looks whether they have all arrived: a rule with `ON CONFLICT REPLACE` or `IGNORE` drops those
    /// that break it, an aggregate makes one row of many, and a table with other columns only takes none.
    private func fill(_ plan: RebuildPlan) throws(DatabaseError) {
        if let stray = plan.strays.first {
            throw refusal(plan.table, "its new definition has no column \(stray) to fill")
        }
        if let copy = plan.copy { try step(copy, of: plan.table) }
        guard let counts = try step(plan.count, of: plan.table).first, counts[0] != counts[1] else { return }
        let reason =
            plan.copy == nil
            ? "no column is in both definitions: fill one with \"-- apus:column NAME = EXPRESSION\", or delete the rows before"
            : "make each expression one value for each row, and change or delete before the rows that break a rule of the "
                + "new definition"
        throw refusal(
            plan.table,
            "its number of rows would go from \(counts[0] ?? "") to \(counts[1] ?? ""): \(reason)"
        )
    }

    /// SQLite takes `"a"` in an index for a string when there is no column a.
    private func checkIndexes(_ before: [String: [String?]], of table: String) throws(DatabaseError) {
        let after = try indexColumns(of: table)
        guard let index = before.keys.filter({ before[$0] != after[$0] }).min() else { return }
        throw refusal(
            table,
            "the index \(index) names a column that is gone: drop it before, and make it anew"
        )
    }

    /// The views, the foreign keys of other tables, the table's own triggers, and those of others that write to it.
    private func checkDependents(_ before: Dependents, of table: String) throws(DatabaseError) {
        let after = try Dependents(in: self)
        if let view = after.brokenView(since: before) {
            throw refusal(
                table,
                "the view \(view) does not work with the new definition: drop it before, and make it anew"
            )
        }
        if let child = after.brokenKeys(since: before).filter({ lowercased($0) != lowercased(table) }).min() {
            throw refusal(
                table,
                "a foreign key of \(child) refers to columns that have no unique index in the new definition"
            )
        }
        let broken = after.brokenChanges(since: before)
        // A change of another table may only fail for a trigger of this one.
        let own = broken.first { $0.table == lowercased(table) }
        guard let change = own ?? broken.min(by: { $0.table < $1.table }) else { return }
        throw try strictly { () throws(DatabaseError) in
            let reason = refusal(of: change)?.message ?? ""
            return refusal(
                table,
                "the trigger \(try brokenTrigger(of: change)) does not work with the new definition (\(reason)): "
                    + "drop it before, and make it anew"
            )
        }
    }

    @discardableResult
    private func step(_ step: RebuildPlan.Step, of table: String) throws(DatabaseError) -> [Row] {
        do throws(DatabaseError) {
            return try rows(of: step.sql)
        } catch {
            var error = error
            error.message = "rebuilding \(table), \(step.purpose): \(error.message)"
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
        let columns = try rows(
            of: "SELECT name, type, pk, hidden FROM pragma_table_xinfo($1, 'main')",
            [table]
        )
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

    private func refusal(_ table: String, _ reason: String) -> DatabaseError {
        DatabaseError(.server("42000"), "rebuilding \(table): \(reason)")
    }
}

/// A table and what hangs on it, before.
private struct Surroundings {
    let shape: TableShape
    let belongings: [SchemaObject]
    let sequence: Int64?
    let indexColumns: [String: [String?]]
    let dependents: Dependents

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
        indexColumns = try session.indexColumns(of: table)
        dependents = try Dependents(in: session)
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
