package import Database

/// An index that a failed or cancelled `CONCURRENTLY` command left unusable.
package struct InvalidIndex: Sendable, Hashable {
    /// As the server writes it, quoted and qualified where needed.
    package let name: String
    package let table: String
    /// The session that is building it at this moment, if any.
    package let builder: Int?
}

extension PostgresSession {
    /// All invalid indexes of the database, without the parents of partitioned ones, which may be invalid for good reason.
    package func invalidIndexes() throws(DatabaseError) -> [InvalidIndex] {
        try query(
            """
            SELECT pg_catalog.format('%I.%I', n.nspname, c.relname), i.indrelid::regclass::text,
                (SELECT p.pid FROM pg_catalog.pg_stat_progress_create_index p WHERE p.index_relid = i.indexrelid LIMIT 1)
            FROM pg_catalog.pg_index i
            JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid AND c.relkind <> 'I'
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE NOT (i.indisvalid AND i.indisready AND i.indislive)
            """
        ).map { row in
            InvalidIndex(name: row[0] ?? "", table: row[1] ?? "", builder: row[2].flatMap { Int($0) })
        }
    }

    /// The invalid index of that name on that table, or nil. Names as a statement writes them.
    package func invalidIndex(named name: String, on table: String) throws(DatabaseError) -> InvalidIndex? {
        let wanted = try query(
            """
            SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) FROM pg_catalog.pg_class t
            JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
            JOIN pg_catalog.pg_index i ON i.indrelid = t.oid
            JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
            WHERE t.oid = pg_catalog.to_regclass($1) AND c.relname = $2 AND NOT i.indisvalid
            """,
            [table, name]
        )
        guard let qualified = wanted.first?.first.flatMap({ $0 }) else { return nil }
        return try invalidIndexes().first { $0.name == qualified }
    }
}
