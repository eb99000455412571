package import Database

/// Whose table says what is applied.
package enum LedgerKind: Sendable, Hashable {
    /// `apus_revision`: a row for each applied revision.
    case apus
    /// `alembic_version`, or what Alembic's `version_table` names instead: a row for each current head, which Alembic reads
    /// and writes too.
    case alembic(table: String)

    /// Reads `apus`, `alembic`, `alembic:TABLE` or `alembic:SCHEMA.TABLE`; nil for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(
            String.init
        )
        switch (parts[0], parts.dropFirst().first) {
        case ("apus", nil): self = .apus
        case ("alembic", nil): self = .alembic(table: "alembic_version")
        case ("alembic", let table?) where !table.isEmpty: self = .alembic(table: table)
        default: return nil
        }
    }

    /// The name of its table.
    package var table: String {
        switch self {
        case .apus: NativeStatements.tableName
        case .alembic(let table): table
        }
    }

    /// Finds the ledger: in `schema` when given, else where the database shows one, else where a new one would go.
    ///
    /// - Throws: `DatabaseError`; without any place to create tables in, of kind `.configuration`.
    package func locate(on session: any Session, schema: String?) throws(DatabaseError) -> any Ledger {
        let dialect = session.server.product.ledgerDialect
        switch self {
        case .apus: return try NativeLedger.locate(on: session, schema: schema, dialect)
        case .alembic(let name):
            let (schema, table) = Self.place(of: name, schema)
            return try AlembicLedger.locate(table, on: session, schema: schema, dialect)
        }
    }

    /// The statements of a ledger without a database at hand, for a script.
    ///
    /// - Parameter schema: nil takes the one that a new database has.
    package func statements(for product: Product, schema: String?) -> any LedgerStatements {
        let dialect = product.scriptDialect
        switch self {
        case .apus: return NativeStatements(schema: schema ?? dialect.usualSchema, dialect: dialect)
        case .alembic(let name):
            let (schema, table) = Self.place(of: name, schema)
            let place = schema ?? dialect.usualSchema
            return AlembicStatements(table, schema: place, dialect: dialect, isScript: true)
        }
    }

    /// Where no schema is chosen, the name of the table may bring one.
    private static func place(of name: String, _ schema: String?) -> (schema: String?, table: String) {
        let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
        return schema != nil || parts.count < 2 ? (schema, name) : (parts[0], parts[1])
    }
}
