import Database

/// The rows whose foreign keys point at nothing (`PRAGMA foreign_key_check`), and how often each is found.
struct ForeignKeyViolations {
    struct Violation: Hashable {
        let table: String
        /// nil in a table WITHOUT ROWID.
        let rowid: String?
        let parent: String
    }

    private var counts: [Violation: Int] = [:]

    /// None at all.
    init() {}

    /// - Throws: `DatabaseError`.
    init(in session: SQLiteSession) throws(DatabaseError) {
        // Table by table, because one broken definition ends the whole check.
        for table in try session.tablesWithKeys() {
            do throws(DatabaseError) {
                let check = "SELECT * FROM pragma_foreign_key_check($1, 'main')"
                for row in try session.rows(of: check, [table]) {
                    add(Violation(table: row[0] ?? "", rowid: row[1], parent: row[2] ?? ""))
                }
            } catch {
                // A key that refers to columns without a unique index: there is nothing to look the rows up in. A history may
                // make the index later.
                guard error.message.contains("foreign key mismatch") else { throw error }
            }
        }
    }

    /// - Throws: `DatabaseError` when there are some that were not there.
    func check(since before: ForeignKeyViolations) throws(DatabaseError) {
        let added = added(since: before)
        guard let first = added.first else { return }
        let more = added.count > 1 ? ", and so do \(added.count - 1) more" : ""
        throw DatabaseError(
            .server(.foreignKeyViolation),
            "FOREIGN KEY constraint failed: \(first)\(more)",
            detail: added.prefix(20).joined(separator: "; ")
        )
    }

    private mutating func add(_ violation: Violation) { counts[violation, default: 0] += 1 }

    /// Those that are here and were not there, each in words.
    private func added(since before: ForeignKeyViolations) -> [String] {
        counts.filter { $0.value > before.counts[$0.key, default: 0] }.keys.map(\.description).sorted()
    }
}

extension SQLiteSession {
    /// The tables that can have a foreign key: only a definition with the word can. Not with `LIKE`, which a migration may have
    /// made to see case (`PRAGMA case_sensitive_like`).
    func tablesWithKeys() throws(DatabaseError) -> [String] {
        try rows(
            of: """
                SELECT name FROM main.sqlite_schema WHERE type = 'table' AND instr(lower(sql), 'references') > 0
                """
        ).compactMap { $0[0] }
    }
}

extension ForeignKeyViolations.Violation: CustomStringConvertible {
    var description: String {
        "a row of \(table)\(rowid.map { " (rowid \($0))" } ?? "") refers to a row of \(parent) that is not there"
    }
}
