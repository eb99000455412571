import Database
import Revisions

/// The table `alembic_version`, as Alembic itself keeps it: a row for each current head, and nothing about runs.
///
/// How far a migration came that runs statement by statement has no place in it. While there is such a one, a row of it stands in
/// `apus_revision`, which is made when it is needed.
struct AlembicLedger: Ledger {
    let schema: String
    let exists: Bool
    let session: any Session
    let alembic: AlembicStatements

    var statements: any LedgerStatements { alembic }
    var lockName: String { "apus:\(schema).\(alembic.name)" }

    static func locate(
        _ table: String,
        on session: any Session,
        schema: String?,
        _ dialect: any LedgerDialect
    ) throws(DatabaseError) -> AlembicLedger {
        let found = try dialect.locate(table, on: session, schema: schema)
        return AlembicLedger(
            schema: found.schema,
            exists: found.exists,
            session: session,
            alembic: AlembicStatements(table, schema: found.schema, dialect: dialect)
        )
    }

    func rows(details: Bool) throws(DatabaseError) -> LedgerRows {
        guard exists else { return .heads([], begun: []) }
        let rows = try session.query("SELECT version_num FROM \(alembic.table)")
        let heads = rows.compactMap { $0[0].map { Revision.ID(rawValue: $0) } }
        return .heads(heads, begun: try begun())
    }

    private func begun() throws(DatabaseError) -> [LedgerEntry] {
        let progress = try alembic.dialect.locate(NativeStatements.tableName, on: session, schema: schema)
        guard progress.exists else { return [] }
        return try alembic.progress.entries(on: session, details: true, where: "state <> 'applied'")
    }

    func begin(_ run: RunRecord) throws(DatabaseError) {}
    func note(backup json: String, of run: String) throws(DatabaseError) {}

    /// Takes the tables away again that were made for a half done migration: Alembic's autogenerate would want to.
    func finish(_ run: String, outcome: String, exitCode: Int32, error: String?) throws(DatabaseError) {
        let progress = alembic.progress
        guard try alembic.dialect.locate(NativeStatements.tableName, on: session, schema: schema).exists
        else { return }
        for table in [progress.table, progress.runTable] {
            guard try session.query("SELECT 1 FROM \(table) LIMIT 1").isEmpty else { return }
        }
        let limits = session.setting(Limits(lock: .seconds(1), statement: nil))
        // Somebody may be reading them. Then they stay until the next run.
        let statements = limits + ["DROP TABLE \(progress.table)", "DROP TABLE \(progress.runTable)"]
        try session.execute(session.whole(Message(generated: statements.joined(separator: ";"))))
    }
}
