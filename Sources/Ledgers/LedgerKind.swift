package import Database

/// Whose table says what is applied.
package enum LedgerKind: String, CaseIterable, Sendable {
    /// `apus_revision`: a row for each applied revision.
    case apus
    /// `alembic_version`: a row for each current head, which Alembic reads and writes too.
    case alembic

    /// Finds the ledger: in `schema` when given, else where the database shows one, else where a new one would go.
    ///
    /// - Throws: `DatabaseError`; without any place to create tables in, of kind `.configuration`.
    package func locate(on session: any Session, schema: String?) throws(DatabaseError) -> any Ledger {
        let dialect = session.server.product.ledgerDialect
        switch self {
        case .apus: return try NativeLedger.locate(on: session, schema: schema, dialect)
        case .alembic: return try AlembicLedger.locate(on: session, schema: schema, dialect)
        }
    }

    /// The statements of a ledger without a database at hand, for a script.
    ///
    /// - Parameter schema: nil takes the one that a new database has.
    package func statements(for product: Product, schema: String?) -> any LedgerStatements {
        let dialect = product.scriptDialect
        let schema = schema ?? dialect.usualSchema
        return switch self {
        case .apus: NativeStatements(schema: schema, dialect: dialect)
        case .alembic: AlembicStatements(schema: schema, dialect: dialect, isScript: true)
        }
    }
}
