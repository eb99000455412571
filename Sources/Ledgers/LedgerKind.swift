package import Database

/// Whose table says what is applied.
package enum LedgerKind: Sendable, Hashable {
    /// `apus_revision`: a row for each applied revision.
    case apus
    /// `alembic_version`, or what Alembic's `version_table` and `version_table_schema` name instead: a row for each current
    /// head, which Alembic reads and writes too.
    case alembic(table: String, schema: String?)

    /// Reads `apus`, `alembic`, `alembic:TABLE` or `alembic:SCHEMA.TABLE`; nil for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(
            String.init
        )
        switch (parts[0], parts.dropFirst().first) {
        case ("apus", nil): self = .apus
        case ("alembic", nil): self.init(versionTable: "alembic_version")
        case ("alembic", let table?) where !table.isEmpty: self.init(versionTable: table)
        default: return nil
        }
    }

    /// Alembic's ledger.
    ///
    /// - Parameter name: `TABLE` or `SCHEMA.TABLE`.
    package init(versionTable name: String) {
        let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
        self =
            parts.count < 2
            ? .alembic(table: name, schema: nil) : .alembic(table: parts[1], schema: parts[0])
    }

    /// How its table is called in messages.
    package var table: String {
        switch self {
        case .apus: NativeStatements.tableName
        case .alembic(let table, let schema): schema.map { "\($0).\(table)" } ?? table
        }
    }

    /// Finds the ledger: in `schema` when given, else where the database shows one, else where a new one would go.
    ///
    /// - Throws: `DatabaseError`; without any place to create tables in, of kind `.configuration`.
    package func locate(on session: any Session, schema: String?) throws(DatabaseError) -> any Ledger {
        let dialect = session.server.product.ledgerDialect
        switch self {
        case .apus: return try NativeLedger.locate(on: session, schema: schema, dialect)
        case .alembic(let table, let own):
            return try AlembicLedger.locate(table, on: session, schema: own ?? schema, dialect)
        }
    }

    /// The statements of a ledger without a database at hand, for a script.
    ///
    /// - Parameter schema: nil takes the one that a new database has.
    package func statements(for product: Product, schema: String?) -> any LedgerStatements {
        let dialect = product.scriptDialect
        let place = schema ?? dialect.usualSchema
        return switch self {
        case .apus: NativeStatements(schema: place, dialect: dialect)
        case .alembic(let table, let own):
            AlembicStatements(table, schema: own ?? place, dialect: dialect, isScript: true)
        }
    }
}
