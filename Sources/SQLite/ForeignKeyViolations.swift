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
        // Only a definition with the word can have a key. Table by table, because one broken definition ends the whole check.
        let tables = try session.rows(
            of: "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND sql LIKE '%references%'"
        )
        for table in tables.compactMap(\.first) {
            do throws(DatabaseError) {
                for row in try session.rows(of: "SELECT * FROM pragma_foreign_key_check($1)", [table]) {
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

extension ForeignKeyViolations.Violation: CustomStringConvertible {
    var description: String {
        "a row of \(table)\(rowid.map { " (rowid \($0))" } ?? "") refers to a row of \(parent) that is not there"
    }
}
