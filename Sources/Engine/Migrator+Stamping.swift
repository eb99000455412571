import Database
package import Ledgers
package import Revisions
import Scripts
import Waiting

// What is said of a database without applying anything.
extension Migrator {
    /// Says that the database is at the targets, whatever it has.
    ///
    /// - Parameter purge: Forget everything first, what no file has included.
    /// - Throws: `Failure`.
    package func stamp(_ targets: [RevisionTarget], purge: Bool) throws(Failure) {
        try withHistory { (lock, migrations, contents) throws(Failure) in
            let stamp: LedgerStamp
            do throws(RevisionError) {
                stamp = try LedgerStamp(targets, purge: purge, migrations, contents, settings)
            } catch {
                throw .target(error)
            }
            try write(stamp, as: "stamped", migrations, under: lock)
        }
    }

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

    /// Accepts edited files of applied revisions as they are now, and records who did.
    ///
    /// - Parameter revisions: Those to accept; all edited ones when empty.
    /// - Throws: `Failure`.
    package func repair(_ revisions: [RevisionTarget]) throws(Failure) {
        try withHistory { (lock, migrations, contents) throws(Failure) in
            let chosen = try resolve(revisions, migrations, contents)
            let edited = integrityFindings(of: migrations, against: contents).compactMap(\.editedRevision)
            let repaired = edited.filter { revisions.isEmpty || chosen.contains($0) }
            let records = repaired.compactMap { migrations[$0] }.map { LedgerRecord($0, .up, settings) }
            if !records.isEmpty {
                let statements = lock.ledger.statements.repaired(records, proof: lock.proof)
                try rewrite(statements, as: "repaired", to: contents.heads(in: migrations.graph), under: lock)
            }
            tell(.repaired(repaired))
        }
    }

    /// Makes the ledger's tables.
    ///
    /// - Throws: `Failure`.
    package func ensureLedger() throws(Failure) {
        let session = try connect()
        try withLock(on: session) { (lock) throws(Failure) in try makeLedger(under: lock) }
    }

    private func withHistory(
        _ body: (MigrationLock, MigrationSet, LedgerContents) throws(Failure) -> Void
    ) throws(Failure) {
        let migrations = try readMigrations()
        let session = try connect()
        try withLock(on: session) { (lock) throws(Failure) in
            try awaitOrphans(of: lock)
            let contents = try readLedger(of: migrations, under: lock)
            noteFrom(contents.heads(in: migrations.graph))
            try body(lock, migrations, contents)
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

    private func resolve(
        _ targets: [RevisionTarget],
        _ migrations: MigrationSet,
        _ contents: LedgerContents
    ) throws(Failure) -> [Revision.ID] {
        do throws(RevisionError) {
            var found: [Revision.ID] = []
            for target in targets {
                found += try migrations.graph.resolve(target, applied: contents.applied)
            }
            return found
        } catch {
            throw .target(error)
        }
    }

    private func write(
        _ stamp: LedgerStamp,
        as outcome: String,
        _ migrations: MigrationSet,
        under lock: MigrationLock
    ) throws(Failure) {
        if !stamp.isEmpty {
            try makeLedger(under: lock)
            let statements = lock.ledger.statements.stamped(stamp, proof: lock.proof)
            try rewrite(statements, as: outcome, to: stamp.heads, under: lock)
        }
        let heads = try readLedger(of: migrations, under: lock).heads(in: migrations.graph)
        tell(.stamped(from: journal.from, at: heads))
    }

    /// Changes the ledger at once, and leaves a row that says who did.
    private func rewrite(
        _ statements: [String],
        as outcome: String,
        to heads: [Revision.ID],
        under lock: MigrationLock
    ) throws(Failure) {
        let run = settings.runID
        try database("recording the run") { () throws(DatabaseError) in
            try lock.ledger.begin(runRecord(to: heads))
        }
        do throws(DatabaseError) {
            let message = Message(generated: statements.joined(separator: ";\n"))
            try lock.session.execute(lock.session.whole(message))
        } catch {
            lock.session.isInterruptible = false
            lock.session.rollBack()
            let failure = failure(error, during: nil) ?? failure(error, doing: "writing the ledger")
            let code = failure.exitCode.rawValue
            try? lock.ledger.finish(run, outcome: "failed", exitCode: code, error: failure.description)
            throw failure
        }
        try database("recording the end of the run") { () throws(DatabaseError) in
            try lock.ledger.finish(run, outcome: outcome, exitCode: 0, error: nil)
        }
    }
}

extension IntegrityFinding {
    fileprivate var editedRevision: Revision.ID? {
        if case .edited(let id, _) = self { id } else { nil }
    }
}
