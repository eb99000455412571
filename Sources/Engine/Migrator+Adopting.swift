import Database
package import Ledgers
import Revisions
import Scripts
import Waiting

extension Migrator {
    /// Takes over what Alembic has recorded, which stays as it is.
    ///
    /// - Throws: `Failure`.
    package func adopt(from kind: LedgerKind) throws(Failure) {
        try withHistory { (lock, migrations, contents) throws(Failure) in
            let other = try read(kind, migrations, beside: lock)
            try checkIntegrity(of: migrations, against: other)
            guard contents.entries.isEmpty || contents.applied == other.applied else {
                throw .adopted(
                    contents.heads(in: migrations.graph),
                    other: other.heads(in: migrations.graph)
                )
            }
            let missing = migrations.graph.ascending(other.applied.subtracting(contents.applied))
            let stamp = LedgerStamp(
                added: missing.compactMap { migrations[$0] }.map { LedgerRecord($0, .up, settings) },
                removed: [],
                unbegun: [],
                transition: RowTransition([], to: other.heads(in: migrations.graph))
            )
            try write(stamp, as: "adopted", migrations, under: lock)
        }
    }

    /// What another ledger holds while nobody is at work on it.
    private func read(
        _ kind: LedgerKind,
        _ migrations: MigrationSet,
        beside lock: MigrationLock
    ) throws(Failure) -> LedgerContents {
        let ledger = try database("looking for the other table") { () throws(DatabaseError) in
            try kind.locate(on: lock.session, schema: nil)
        }
        guard ledger.exists else { throw .nothingToAdopt(table: kind.table) }
        let other = MigrationLock(of: ledger, on: lock.session)
        // A file has one lock for all of its histories.
        let isShared = lock.session.server.product == .sqlite
        if !isShared { try acquire(other, until: min(.after(settings.lockWaitTimeout), deadline)) }
        defer { if !isShared { _ = try? lock.session.unlock(other.key) } }
        return try database("reading the other table") { () throws(DatabaseError) in
            try ledger.rows(details: true).contents(in: migrations.graph)
        }
    }
}
