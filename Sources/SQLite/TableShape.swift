/// What `PRAGMA table_xinfo` and `PRAGMA table_list` say of a table.
struct TableShape: Hashable {
    struct Column: Hashable {
        let name: String
        var isGenerated = false
        /// Whether it is another name of the rowid.
        var isRowid = false
    }

    var columns: [Column]
    var hasRowid = true

    /// The name of the rowid that no column has taken, if the table has one and shows it nowhere else.
    func hiddenRowid(avoiding others: [Column]) -> String? {
        guard hasRowid, !columns.contains(where: \.isRowid) else { return nil }
        let taken = Set((columns + others).map { $0.name.lowercased() })
        return ["rowid", "_rowid_", "oid"].first { !taken.contains($0) }
    }
}

/// A row of `sqlite_schema` with a text.
struct SchemaObject: Hashable {
    let type: String
    let name: String
    let sql: String
}
