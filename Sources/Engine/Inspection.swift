package import Database
package import Ledgers
package import Revisions
package import Scripts
import Waiting

/// What the files and the database say of each other, read without changing anything and without the lock.
package struct Inspection {
    package let migrations: MigrationSet
    package let contents: LedgerContents
    package let server: ServerFacts

    /// What the ledger knows of each revision.
    package var entries: [LedgerEntry] { contents.entries }

    /// The revisions that are applied.
    package var applied: Set<Revision.ID> { contents.applied }

    /// The contradictions between both.
    package let findings: [IntegrityFinding]

    init(migrations: MigrationSet, contents: LedgerContents, server: ServerFacts) {
        self.migrations = migrations
        self.contents = contents
        self.server = server
        findings = integrityFindings(of: migrations, against: contents)
    }

    /// The heads of what is applied.
    package var current: [Revision.ID] { migrations.graph.currentHeads(applied: applied) }

    /// What an upgrade to `target` would apply, in order.
    ///
    /// - Throws: `Failure.target`.
    package func pending(to target: RevisionTarget = .heads) throws(Failure) -> [Revision.ID] {
        do throws(RevisionError) {
            return try migrations.graph.plan(upgradeTo: target, applied: applied).steps
        } catch {
            throw .target(error)
        }
    }
}

extension Inspection {
    /// The half done revisions that an upgrade would end because of, as it has it: the others it takes up by itself.
    ///
    /// - Throws: `Failure.target`.
    package func stuck() throws(Failure) -> [LedgerEntry] {
        let isIdle = try pending().isEmpty
        return contents.begun.filter { entry in
            entry.state.isRefusal || !isIdle && (entry.state.direction == .down || isEdited(entry))
        }
    }

    private func isEdited(_ entry: LedgerEntry) -> Bool {
        guard entry.statementsDone > 0, let migration = migrations[entry.revision],
            let prepared = try? PreparedMigration(migration, .up, in: server.product.dialect)
        else { return false }
        return !prepared.begins(with: entry)
    }
}

extension Migrator {
    /// Looks at files and database.
    ///
    /// - Throws: `Failure`.
    package func inspect() throws(Failure) -> Inspection {
        let migrations = try readMigrations()
        let session = try connect(until: .after(settings.waitTimeout), readOnly: true)
        return try inspect(session, migrations)
    }

    /// Waits until the database has every revision of the files up to the target; anything newer does not matter.
    ///
    /// - Throws: `Failure`, `.notThereYet` when the wait timeout passes first.
    package func waitForTarget() throws(Failure) {
        let limit = Deadline.after(settings.waitTimeout)
        let migrations = try readMigrations()
        var session = try connect(until: limit, readOnly: true)
        var backoff = Backoff(first: .milliseconds(250), cap: .seconds(2))
        var told: [Revision.ID] = []
        while true {
            do throws(Failure) {
                let inspection = try inspect(session, migrations)
                // What stands below a head that no file has cannot be known, however long one waits.
                let unknown = inspection.findings.filter(\.isUnknownHead)
                guard unknown.isEmpty else { throw .integrity(unknown) }
                let pending = try inspection.pending(to: settings.target)
                guard !pending.isEmpty else { return }
                if pending != told { tell(.waitingForRevisions(pending)) }
                told = pending
                guard !limit.hasPassed else { throw .notThereYet(pending) }
                Waiting.pause(for: min(backoff.pause(), limit.remaining), or: interruption)
            } catch .connectionLost {
                // A server that restarts is one more thing to wait for.
                session = try connect(until: limit, readOnly: true)
            } catch .database(let error, let doing) {
                // So is a lock on the ledger.
                guard error.sqlState == .lockNotAvailable, !limit.hasPassed else {
                    throw .database(error, doing: doing)
                }
            }
            try checkpoint()
        }
    }

    /// Waits until the database takes sessions that can write.
    ///
    /// - Throws: `Failure`.
    package func waitForServer() throws(Failure) {
        _ = try connect()
    }

    private func inspect(_ session: any Session, _ migrations: MigrationSet) throws(Failure) -> Inspection {
        let rows = try database("reading the ledger") { () throws(DatabaseError) in
            try settings.ledger.locate(on: session, schema: settings.ledgerSchema).rows(details: true)
        }
        let contents = rows.contents(in: migrations.graph)
        do throws(Failure) {
            try checkNobodyElseMigrates(contents, on: session)
        } catch {
            // Who may read the ledger only is not told what else there is.
            guard error.exitCode == .denied else { throw error }
        }
        return Inspection(migrations: migrations, contents: contents, server: session.server)
    }
}
