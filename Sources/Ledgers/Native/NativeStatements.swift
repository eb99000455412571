import Revisions

/// What changes `apus_revision`.
struct NativeStatements: LedgerStatements {
    /// The table's name: also the name that tells an Apus ledger.
    static let tableName = "apus_revision"

    let dialect: any LedgerDialect
    let table: String
    let runTable: String

    init(schema: String, dialect: any LedgerDialect) {
        self.dialect = dialect
        table = dialect.table(Self.tableName, in: schema)
        runTable = dialect.table("apus_run", in: schema)
    }

    var creation: [String] { dialect.creation(of: table, and: runTable) }

    func done(_ record: LedgerRecord) -> [String] {
        switch record.direction {
        case .up: [insertion(of: record, as: .applied)]
        case .down: [deletion(of: record)]
        }
    }

    /// The checksum of an applied revision stays until the first statement of its way back is done.
    func begun(_ record: LedgerRecord) -> [String] {
        let state: LedgerEntry.State = record.direction == .up ? .running : .reverting
        return [
            """
            \(insertion(of: record, as: state)) ON CONFLICT (revision) DO UPDATE SET \
            statements_done = CASE WHEN l.state = 'applied' THEN 0 ELSE l.statements_done END, \
            state = \(literal(state)), run_id = excluded.run_id
            """
        ]
    }

    func progressed(_ record: LedgerRecord, done: Int, checksum: String) -> String {
        """
        UPDATE \(table) SET statements_done = \(done), checksum = \(dialect.literal(checksum)), \
        execution_ms = \(dialect.milliseconds(since: "applied_at")) \
        WHERE \(isIt(record))
        """
    }

    func finished(_ record: LedgerRecord) -> [String] {
        switch record.direction {
        case .up:
            [
                """
                UPDATE \(table) SET state = 'applied', checksum = \(dialect.literal(record.checksum)), \
                execution_ms = \(dialect.milliseconds(since: "applied_at")), \
                applied_at = \(dialect.now) WHERE \(isIt(record))
                """
            ]
        case .down: [deletion(of: record)]
        }
    }

    func refused(_ record: LedgerRecord) -> String {
        let state: LedgerEntry.State = record.direction == .up ? .failed : .revertFailed
        return "UPDATE \(table) SET state = \(literal(state)) WHERE \(isIt(record))"
    }

    func forgotten(_ record: LedgerRecord) -> String {
        switch record.direction {
        case .up: "DELETE FROM \(table) WHERE \(isIt(record)) AND state <> 'applied'"
        case .down: "UPDATE \(table) SET state = 'applied' WHERE \(isIt(record))"
        }
    }

    func stamped(_ stamp: LedgerStamp) -> [String] {
        let gone = stamp.removed + stamp.added.map(\.revision)
        return gone.map { "DELETE FROM \(table) WHERE revision = \(dialect.literal($0))" }
            + stamp.added.map { insertion(of: $0, as: .applied) }
    }

    func repaired(_ records: [LedgerRecord]) -> [String] {
        records.map {
            """
            UPDATE \(table) SET checksum = \(dialect.literal($0.checksum)), \
            description = \(dialect.literal($0.description)), repaired_at = \(dialect.now), \
            repaired_by = \(dialect.user) WHERE \(isIt($0)) AND state = 'applied'
            """
        }
    }

    private func insertion(of record: LedgerRecord, as state: LedgerEntry.State) -> String {
        let isApplied = state == .applied
        return """
            INSERT INTO \(table) AS l (revision, checksum, description, execution_ms, run_id, state, tool_version, \
            applied_by) VALUES (\(dialect.literal(record.revision)), \
            \(dialect.literal(isApplied ? record.checksum : "")), \(dialect.literal(record.description)), \
            \(isApplied ? dialect.millisecondsOfTransaction : "0"), \(dialect.literal(record.runID)), \
            \(literal(state)), \(dialect.literal(record.toolVersion)), \(dialect.user))
            """
    }

    private func deletion(of record: LedgerRecord) -> String { "DELETE FROM \(table) WHERE \(isIt(record))" }

    private func isIt(_ record: LedgerRecord) -> String { "revision = \(dialect.literal(record.revision))" }

    private func literal(_ state: LedgerEntry.State) -> String { dialect.literal(state.rawValue) }
}
