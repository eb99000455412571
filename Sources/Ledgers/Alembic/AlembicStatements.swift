import Revisions

/// What changes `alembic_version`: the statements that Alembic would run.
struct AlembicStatements: LedgerStatements {
    let name: String
    let dialect: any LedgerDialect
    let table: String
    /// For migrations that are half done.
    let progress: NativeStatements
    /// Whether they are for a script, which looks at nothing.
    let isScript: Bool

    init(_ name: String, schema: String, dialect: any LedgerDialect, isScript: Bool = false) {
        self.name = name
        self.isScript = isScript
        self.dialect = dialect
        table = dialect.table(name, in: schema)
        progress = NativeStatements(schema: schema, dialect: dialect)
    }

    /// As Alembic makes it (`MigrationContext._version`).
    var creation: [String] {
        [
            """
            CREATE TABLE IF NOT EXISTS \(table) (
                version_num VARCHAR(32) NOT NULL,
                CONSTRAINT \(dialect.identifier("\(name)_pkc")) PRIMARY KEY (version_num)
            )
            """
        ]
    }

    func done(_ record: LedgerRecord) -> [String] {
        record.transition.map { changing($0) } ?? []
    }

    func begun(_ record: LedgerRecord) -> [String] {
        progress.creation + progress.begun(record)
    }

    func progressed(_ record: LedgerRecord, done: Int, checksum: String) -> String {
        progress.progressed(record, done: done, checksum: checksum)
    }

    func finished(_ record: LedgerRecord) -> [String] {
        done(record) + [noProgress(of: record.revision)]
    }

    func refused(_ record: LedgerRecord) -> String { progress.refused(record) }
    func forgotten(_ record: LedgerRecord) -> String { noProgress(of: record.revision) }

    func stamped(_ stamp: LedgerStamp) -> [String] {
        stamp.unbegun.map(noProgress) + changing(stamp.transition)
    }

    func repaired(_ records: [LedgerRecord]) -> [String] { [] }

    private func noProgress(of revision: Revision.ID) -> String {
        "DELETE FROM \(progress.table) WHERE revision = \(dialect.literal(revision)) AND state <> 'applied'"
    }

    /// The changes, and a look whether the table is what it should be then: Alembic takes no lock, so it may have been at work
    /// at the same time.
    private func changing(_ transition: RowTransition) -> [String] {
        transition.changes.map { statement(for: $0) }
            + (isScript ? [] : ["SELECT \(isNow(transition.rows))"])
    }

    private func statement(for change: RowChange) -> String {
        switch change {
        case .insert(let id):
            "INSERT INTO \(table) (version_num) VALUES (\(dialect.literal(id)))"
        case .update(let old, let new):
            """
            UPDATE \(table) SET version_num = \(dialect.literal(new)) \
            WHERE version_num = \(dialect.literal(old))
            """
        case .delete(let id): "DELETE FROM \(table) WHERE version_num = \(dialect.literal(id))"
        }
    }

    private func isNow(_ rows: [Revision.ID]) -> String {
        let count = "(SELECT count(*) FROM \(table)"
        let names = rows.map { dialect.literal($0) }.joined(separator: ", ")
        let isKnown = rows.isEmpty ? "" : " AND \(count) WHERE version_num IN (\(names))) = \(rows.count)"
        return dialect.demand("\(count)) = \(rows.count)\(isKnown)")
    }
}
