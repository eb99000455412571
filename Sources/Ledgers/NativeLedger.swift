package import Database
import Revisions

/// The table `apus_revision`: one row for each applied revision, in a schema of the migrated database.
///
/// What its statements say differently in each database stands in a `LedgerDialect`.
package struct NativeLedger {
    /// The table's name, without prefix: also the name that tells an Apus ledger.
    package static let tableName = "apus_revision"

    package let schema: String
    /// Whether the tables are there.
    package let exists: Bool
    let session: any Session
    let dialect: any LedgerDialect
    let table: String
    let runTable: String

    /// Finds the ledger: in `schema` when given, else where the database shows one, else where a new one would go.
    ///
    /// - Throws: `DatabaseError`; without any place to create tables in, of kind `.configuration`.
    package static func locate(
        on session: any Session,
        schema: String?
    ) throws(DatabaseError) -> NativeLedger {
        let found = try session.server.product.ledgerDialect.locate(on: session, schema: schema)
        return NativeLedger(schema: found.schema, exists: found.exists, session: session)
    }

    private init(schema: String, exists: Bool, session: any Session) {
        self.schema = schema
        self.exists = exists
        table = "\(session.identifier(schema)).\(session.identifier(Self.tableName))"
        runTable = "\(session.identifier(schema)).\(session.identifier("apus_run"))"
        self.session = session
        dialect = session.server.product.ledgerDialect
    }

    /// What the lock is named after: one history, one lock.
    package var lockName: String { "apus:\(schema).\(Self.tableName)" }

    /// Every entry, in the order the revisions were applied.
    ///
    /// - Throws: `DatabaseError`.
    package func entries() throws(DatabaseError) -> [LedgerEntry] {
        try entries(
            """
            revision, state, checksum, description, \(dialect.timestamp("applied_at")),
                execution_ms, run_id, statements_done
            """
        )
    }

    /// The same with nothing but revision, state and checksum, which is all that a run with nothing to do looks at. It takes
    /// a third of the time.
    ///
    /// - Throws: `DatabaseError`.
    package func outline() throws(DatabaseError) -> [LedgerEntry] {
        try entries("revision, state, checksum")
    }

    private func entries(_ columns: String) throws(DatabaseError) -> [LedgerEntry] {
        guard exists else { return [] }
        return try session.query("SELECT \(columns) FROM \(table) ORDER BY applied_at, sequence")
            .compactMap { LedgerEntry($0) }
    }

    /// The statements that make the tables. They may be run again.
    package var creation: String {
        dialect.creation(of: table, and: runTable)
    }
}

extension LedgerEntry {
    fileprivate init?(_ row: Row) {
        guard row.count >= 3, let revision = row[0], let state = row[1].flatMap({ State(rawValue: $0) })
        else { return nil }
        func detail(_ column: Int) -> String? { column < row.count ? row[column] : nil }
        self.init(
            revision: Revision.ID(rawValue: revision),
            state: state,
            checksum: row[2] ?? "",
            description: detail(3) ?? "",
            appliedAt: detail(4) ?? "",
            executionMilliseconds: detail(5).flatMap { Int($0) } ?? 0,
            runID: detail(6) ?? "",
            statementsDone: detail(7).flatMap { Int($0) } ?? 0
        )
    }
}

extension NativeLedger {
    func literal(_ value: String?) -> String { session.literal(value) }
    func literal(_ revision: Revision.ID) -> String { session.literal(revision.rawValue) }
}
