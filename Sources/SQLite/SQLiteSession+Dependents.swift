import CSQLite
import Database

/// What works: by SQLite's rules, and strictly, without `"a"` as a string wherever there is no column a.
struct Dependents {
    private let lax: Working
    private let strict: Working

    /// - Throws: `DatabaseError`.
    init(in session: SQLiteSession) throws(DatabaseError) {
        lax = try Working(in: session)
        strict = try session.strictly { () throws(DatabaseError) in try Working(in: session) }
    }

    /// A view that worked before and does not any more.
    func brokenView(since before: Dependents) -> String? {
        before.lax.views.subtracting(lax.views).union(before.strict.views.subtracting(strict.views)).min()
    }

    /// The tables whose foreign keys referred to something unique before and do not any more.
    func brokenKeys(since before: Dependents) -> Set<String> {
        before.lax.keys.subtracting(lax.keys)
    }

    /// The changes whose triggers worked before and do not any more.
    func brokenChanges(since before: Dependents) -> Set<FiringChange> {
        before.lax.changes.subtracting(lax.changes).union(before.strict.changes.subtracting(strict.changes))
    }
}

private struct Working {
    let views: Set<String>
    let keys: Set<String>
    let changes: Set<FiringChange>

    init(in session: SQLiteSession) throws(DatabaseError) {
        views = try session.workingViews()
        keys = try session.workingKeys()
        changes = try session.workingChanges()
    }
}

/// A change of a table or view that fires triggers.
struct FiringChange: Hashable {
    enum Verb: String, CaseIterable {
        case insert, update, delete
    }

    /// In lower case.
    let table: String
    let verb: Verb
}

// SQLite says of no view and no trigger whether it works, but preparing a statement that uses it finds out.
extension SQLiteSession {
    /// Does it while a name in double quotes is never a string.
    func strictly<R>(_ body: () throws(DatabaseError) -> R) throws(DatabaseError) -> R {
        let isAllowed = apus_allow_quoted_strings(raw, 0)
        defer { _ = apus_allow_quoted_strings(raw, isAllowed) }
        return try body()
    }

    /// The columns of each index of a table, by its name; nil for an expression.
    func indexColumns(of table: String) throws(DatabaseError) -> [String: [String?]] {
        let found = try rows(
            of: """
                SELECT i.name, lower(c.name) FROM main.sqlite_schema AS i, pragma_index_xinfo(i.name, 'main') AS c
                WHERE i.type = 'index' AND i.sql IS NOT NULL AND i.tbl_name = $1 COLLATE NOCASE AND c.key = 1
                ORDER BY i.name, c.seqno
                """,
            [table]
        )
        return Dictionary(grouping: found) { $0[0] ?? "" }.mapValues { $0.map { $0[1] } }
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

    /// The tables whose foreign keys can be checked. The check is prepared and not done: it looks for the indexes first.
    fileprivate func workingKeys() throws(DatabaseError) -> Set<String> {
        var working: Set<String> = []
        for table in try tablesWithKeys()
        where (try? rows(of: "EXPLAIN PRAGMA main.foreign_key_check(\(quoted(table)))")) != nil {
            working.insert(table)
        }
        return working
    }

    /// The changes whose triggers all fit the tables that they read and write.
    fileprivate func workingChanges() throws(DatabaseError) -> Set<FiringChange> {
        let tables = try rows(
            of: "SELECT DISTINCT lower(tbl_name) FROM main.sqlite_schema WHERE type = 'trigger'"
        )
        let changes = tables.compactMap { $0[0] }.flatMap { table in
            FiringChange.Verb.allCases.map { FiringChange(table: table, verb: $0) }
        }
        return Set(changes.filter { refusal(of: $0) == nil })
    }

    /// What SQLite has against a change, if it cannot be prepared.
    func refusal(of change: FiringChange) -> DatabaseError? {
        do throws(DatabaseError) {
            // With EXPLAIN it is prepared, triggers included, and not done.
            _ = try rows(of: "EXPLAIN \(try statement(for: change))")
            return nil
        } catch {
            return error
        }
    }

    /// Each column is set: a trigger may be for one alone.
    private func statement(for change: FiringChange) throws(DatabaseError) -> String {
        let table = "main.\(quoted(change.table))"
        switch change.verb {
        case .insert: return "INSERT INTO \(table) DEFAULT VALUES"
        case .delete: return "DELETE FROM \(table)"
        case .update:
            let columns = try rows(
                of: "SELECT name FROM pragma_table_xinfo($1, 'main') WHERE hidden = 0",
                [change.table]
            )
            let names = columns.compactMap { $0[0].map(quoted) }
            return "UPDATE \(table) SET \(names.map { "\($0) = \($0)" }.joined(separator: ", "))"
        }
    }

    /// The trigger without which the change works. The triggers before it are dropped: for a transaction that is lost anyway.
    func brokenTrigger(of change: FiringChange) throws(DatabaseError) -> String {
        let names = try rows(
            of: """
                SELECT name FROM main.sqlite_schema WHERE type = 'trigger' AND lower(tbl_name) = $1 ORDER BY rowid
                """,
            [change.table]
        ).compactMap { $0[0] }
        for name in names {
            _ = try rows(of: "DROP TRIGGER main.\(quoted(name))")
            if refusal(of: change) == nil { return name }
        }
        return names.joined(separator: ", ")
    }
}
