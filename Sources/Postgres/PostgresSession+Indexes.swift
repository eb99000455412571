package import Database

extension PostgresSession {
    /// Without the parents of partitioned indexes, which may be invalid for good reason.
    package func invalidIndexes() throws(DatabaseError) -> Set<InvalidIndex> {
        let rows = try query(
            """
            SELECT pg_catalog.format('%I.%I', n.nspname, c.relname),
                (SELECT p.pid FROM pg_catalog.pg_stat_progress_create_index p WHERE p.index_relid = i.indexrelid LIMIT 1)
            FROM pg_catalog.pg_index i
            JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid AND c.relkind <> 'I'
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE NOT (i.indisvalid AND i.indisready AND i.indislive)
            """
        )
        return Set(rows.map { InvalidIndex(name: $0[0] ?? "", builder: $0[1].flatMap { Int($0) }) })
    }

    package func index(
        named name: String,
        on table: String
    ) throws(DatabaseError) -> (name: String, isValid: Bool)? {
        let rows = try query(
            """
            SELECT pg_catalog.format('%I.%I', n.nspname, c.relname), i.indisvalid FROM pg_catalog.pg_index i
            JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE i.indrelid = pg_catalog.to_regclass($1) AND c.relname = $2
            """,
            [table, name]
        )
        return rows.first.map { (name: $0[0] ?? "", isValid: $0[1] == "t") }
    }

    package func hasRelation(_ name: String) throws(DatabaseError) -> Bool {
        try query("SELECT pg_catalog.to_regclass($1) IS NOT NULL", [name]).first?.first == "t"
    }
}
