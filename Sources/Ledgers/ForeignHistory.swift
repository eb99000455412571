package import Database

/// A table that shows that another tool has migrated a database.
package struct ForeignHistory: Sendable, Hashable {
    package let tool: String
    package let table: String

    private static let all = [
        ForeignHistory(tool: "Alembic", table: "alembic_version"),
        ForeignHistory(tool: "dbmate, golang-migrate or a web framework", table: "schema_migrations"),
        ForeignHistory(tool: "goose", table: "goose_db_version"),
        ForeignHistory(tool: "Flyway", table: "flyway_schema_history"),
        ForeignHistory(tool: "Liquibase", table: "databasechangelog"),
        ForeignHistory(tool: "sqlx", table: "_sqlx_migrations"),
        ForeignHistory(tool: "diesel", table: "__diesel_schema_migrations"),
        ForeignHistory(tool: "node-pg-migrate", table: "pgmigrations"),
        ForeignHistory(tool: "sql-migrate", table: "gorp_migrations"),
        ForeignHistory(tool: "knex", table: "knex_migrations"),
    ]

    /// The first one that can be seen and has rows.
    ///
    /// - Throws: `DatabaseError`.
    package static func find(on session: any Session) throws(DatabaseError) -> ForeignHistory? {
        let dialect = session.server.product.ledgerDialect
        let present = try dialect.present(all.map(\.table), on: session)
        for history in all where present.contains(history.table) {
            let found = try dialect.locate(history.table, on: session, schema: nil)
            let table = dialect.table(history.table, in: found.schema)
            guard found.exists, try !session.query("SELECT 1 FROM \(table) LIMIT 1").isEmpty else { continue }
            return history
        }
        return nil
    }
}
