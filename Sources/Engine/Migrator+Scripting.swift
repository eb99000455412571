package import Database
import Ledgers
package import Revisions
import Scripts

// Without a database: `--sql` (Alembic's offline mode).
extension Migrator {
    /// The script that leads over the range in the direction of the settings.
    ///
    /// - Throws: `Failure`.
    package func script(over range: RevisionRange, for product: Product) throws(Failure) -> [UInt8] {
        let migrations = try readMigrations(withChecksums: false)
        let plan = try plan(over: range, migrations.graph)
        let start = range.start ?? .base
        let isNew = try target { () throws(RevisionError) -> Bool in
            try migrations.graph.resolve(start).isEmpty
        }
        let ledger = settings.ledger.statements(for: product, schema: settings.ledgerSchema)
        var steps: [Step] = []
        if !plan.isEmpty {
            let contents = try target { () throws(RevisionError) -> LedgerContents in
                try self.contents(at: start, migrations.graph)
            }
            steps = try prepare(plan, migrations, contents, in: product.dialect)
        }
        return try MigrationScript(steps, creating: isNew, ledger, for: product).bytes
    }

    /// The script that stamps a database which is at `start`.
    ///
    /// - Throws: `Failure`.
    package func stampScript(
        from start: RevisionTarget,
        _ targets: [RevisionTarget],
        for product: Product
    ) throws(Failure) -> [UInt8] {
        let migrations = try readMigrations(withChecksums: false)
        return try target { () throws(RevisionError) -> [UInt8] in
            let contents = try self.contents(at: start, migrations.graph)
            let stamp = try LedgerStamp(targets, purge: false, migrations, contents, settings)
            let ledger = settings.ledger.statements(for: product, schema: settings.ledgerSchema)
            return MigrationScript(stamp, creating: contents.entries.isEmpty, ledger, for: product).bytes
        }
    }

    /// The script that makes the ledger's tables.
    package func ledgerScript(for product: Product) -> [UInt8] {
        let ledger = settings.ledger.statements(for: product, schema: settings.ledgerSchema)
        return Array(ledger.creation.map { "\($0);\n" }.joined().utf8)
    }

    private func plan(over range: RevisionRange, _ graph: RevisionGraph) throws(Failure) -> Plan {
        try target { () throws(RevisionError) -> Plan in
            switch settings.direction {
            case .up: try graph.plan(upgradeOver: range)
            case .down: try graph.plan(downgradeOver: range)
            }
        }
    }

    /// Runs `body`, where all that can be wrong is what a target names.
    private func target<R>(_ body: () throws(RevisionError) -> R) throws(Failure) -> R {
        do throws(RevisionError) {
            return try body()
        } catch {
            throw .target(error)
        }
    }

    /// What the ledger of a database holds that is there, in no order.
    private func contents(
        at start: RevisionTarget,
        _ graph: RevisionGraph
    ) throws(RevisionError) -> LedgerContents {
        let applied = try graph.applied(at: start)
        let rows: LedgerRows =
            switch settings.ledger {
            case .apus: .journal(applied.map { LedgerEntry(revision: $0) })
            case .alembic: .heads(graph.currentHeads(applied: applied), begun: [])
            }
        return rows.contents(in: graph)
    }
}
