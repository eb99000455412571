import Database

/// What turns an old table, renamed, and a new one, empty, into the new one with the old one's rows and belongings.
///
/// Pure: made from what the schema says of both. The procedure is that of "Making Other Kinds Of Table Schema Changes" with
/// one change: the old table is renamed away instead of the new one into place, so that the new definition is stored as it
/// was written. That is safe with `legacy_alter_table = ON` and `foreign_keys = OFF`: then a rename touches nothing that
/// refers to the table.
struct RebuildPlan: Hashable {
    /// A statement, and what it does, for an error.
    struct Step: Hashable {
        let purpose: String
        let sql: String
    }

    /// What the new table is called.
    var table: String
    /// What the old table is called meanwhile.
    var oldTable: String
    var old: TableShape
    var new: TableShape
    /// What fills new columns, by their names in lower case.
    var expressions: [String: String] = [:]
    /// Indexes and triggers of the table, in the order they were made.
    var belongings: [SchemaObject] = []
    /// The last number that AUTOINCREMENT has given out, when the new table has it too.
    var sequence: Int64?

    /// What comes when every row has arrived.
    var steps: [Step] { sequenceSteps + [drop] + belongings.map(restore) }

    /// A row with the number of rows of the old table, and of the new one.
    var count: Step {
        let numbers = [oldTable, table].map { "(SELECT count(*) FROM main.\(quoted($0)))" }
        return Step(purpose: "counting its rows", sql: "SELECT \(numbers.joined(separator: ", "))")
    }

    /// The names in `expressions` that the new table does not have, or that cannot be filled.
    var strays: [String] {
        let fillable = Set(new.columns.filter { !$0.isGenerated }.map { lowercased($0.name) })
        return expressions.keys.filter { !fillable.contains($0) }.sorted()
    }

    /// nil when both have nothing in common.
    ///
    /// The expressions are in parentheses of their own, so that each is one and no more. They see the old table by its old
    /// name: as it is, and, in their subqueries, by a common table expression that hides the new one.
    var copy: Step? {
        var pairs: [(target: String, source: String)] = new.columns.compactMap { column in
            guard !column.isGenerated else { return nil }
            if let expression = expressions[lowercased(column.name)] {
                // A line comment at its end must not take the parenthesis with it.
                return (quoted(column.name), "(\(expression)\n)")
            }
            let source = old.columns.first { isSame($0.name, column.name) }
            return source.map { (quoted(column.name), quoted($0.name)) }
        }
        guard !pairs.isEmpty else { return nil }
        // Whoever refers to rows by their rowid, such as a full-text index, finds them again.
        if let target = new.hiddenRowid(avoiding: old.columns), old.hasRowid {
            pairs.insert((target, target), at: 0)
        }
        return Step(
            purpose: "copying its rows",
            sql: "WITH \(quoted(table)) AS (SELECT * FROM main.\(quoted(oldTable))) "
                + "INSERT INTO main.\(quoted(table)) (\(pairs.map(\.target).joined(separator: ", "))) "
                + "SELECT \(pairs.map(\.source).joined(separator: ", ")) "
                + "FROM main.\(quoted(oldTable)) AS \(quoted(table))"
        )
    }

    private var sequenceSteps: [Step] {
        guard let sequence else { return [] }
        let name = Quoting.quoted(table, "'")
        let purpose = "keeping its AUTOINCREMENT"
        return [
            Step(purpose: purpose, sql: "DELETE FROM main.sqlite_sequence WHERE name = \(name)"),
            Step(
                purpose: purpose,
                sql: "INSERT INTO main.sqlite_sequence (name, seq) VALUES (\(name), \(sequence))"
            ),
        ]
    }

    private var drop: Step {
        Step(purpose: "dropping what it was", sql: "DROP TABLE main.\(quoted(oldTable))")
    }

    private func restore(_ object: SchemaObject) -> Step {
        Step(purpose: "restoring the \(object.type) \(object.name)", sql: object.sql)
    }
}

/// Whether SQLite takes both for one name: without case for the letters of ASCII only, and byte for byte.
private func isSame(_ name: String, _ other: String) -> Bool {
    lowercased(name).utf8.elementsEqual(lowercased(other).utf8)
}

/// A name with the letters of ASCII in lower case, and no others: `Ä` and `ä` are two columns.
func lowercased(_ name: String) -> String {
    let bytes = name.utf8.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
    return String(decoding: bytes, as: UTF8.self)
}

func quoted(_ name: String) -> String { Quoting.quoted(name, "\"") }
