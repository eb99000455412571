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
        let (plan, contents) = try start(of: range, migrations)
        let steps = try prepare(plan, migrations, contents, in: product.dialect)
        let ledger = settings.ledger.statements(for: product, schema: settings.ledgerSchema)
        return try MigrationScript(steps, creating: contents.entries.isEmpty, ledger, for: product).bytes
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
        do throws(RevisionError) {
            let contents = try contents(at: start, migrations.graph)
            let stamp = try LedgerStamp(targets, purge: false, migrations, contents, settings)
            let ledger = settings.ledger.statements(for: product, schema: settings.ledgerSchema)
            return MigrationScript(stamp, creating: contents.entries.isEmpty, ledger, for: product).bytes
        } catch {
            throw .target(error)
        }
    }

    /// The script that makes the ledger's tables.
    package func ledgerScript(for product: Product) -> [UInt8] {
        let ledger = settings.ledger.statements(for: product, schema: settings.ledgerSchema)
        return Array(ledger.creation.map { "\($0);\n" }.joined().utf8)
    }

    private func start(
        of range: RevisionRange,
        _ migrations: MigrationSet
    ) throws(Failure) -> (Plan, LedgerContents) {
        do throws(RevisionError) {
            let plan =
                switch settings.direction {
                case .up: try migrations.graph.plan(upgradeOver: range)
                case .down: try migrations.graph.plan(downgradeOver: range)
                }
            return (plan, try contents(at: range.start ?? .base, migrations.graph))
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
