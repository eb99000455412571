import Database
import Revisions

/// The table `apus_revision`: one row for each applied revision, in a schema of the migrated database.
///
/// What its statements say differently in each database stands in a `LedgerDialect`.
struct NativeLedger: Ledger {
    let schema: String
    let exists: Bool
    let session: any Session
    let native: NativeStatements

    var dialect: any LedgerDialect { native.dialect }
    var statements: any LedgerStatements { native }
    var lockName: String { "apus:\(schema).\(NativeStatements.tableName)" }

    static func locate(
        on session: any Session,
        schema: String?,
        _ dialect: any LedgerDialect
    ) throws(DatabaseError) -> NativeLedger {
        let found = try dialect.locate(NativeStatements.tableName, on: session, schema: schema)
        return NativeLedger(
            schema: found.schema,
            exists: found.exists,
            session: session,
            native: NativeStatements(schema: found.schema, dialect: dialect)
        )
    }

    func rows(details: Bool) throws(DatabaseError) -> LedgerRows {
        .journal(try exists ? native.entries(on: session, details: details) : [])
    }
}

extension NativeStatements {
    /// Every entry; with details, in the order the revisions were applied. Who looks for nothing to do needs no order.
    func entries(
        on session: any Session,
        details: Bool,
        where condition: String = "true"
    ) throws(DatabaseError) -> [LedgerEntry] {
        let outline = "revision, state, checksum"
        let columns =
            details
            ? "\(outline), description, \(dialect.timestamp("applied_at")), execution_ms, run_id, statements_done"
            : outline
        let order = details ? " ORDER BY applied_at, sequence" : ""
        return try session.query("SELECT \(columns) FROM \(table) WHERE \(condition)\(order)")
            .compactMap { LedgerEntry($0) }
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
