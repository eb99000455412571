import Ledgers
import Revisions
import SQLText
import Scripts

/// One step of a plan about which everything is decided: the migration, and what is written down of it.
struct Step {
    let migration: PreparedMigration
    let record: LedgerRecord
}

extension Migrator {
    /// Every step of the plan, parsed and checked, before the first one is done.
    func prepare(
        _ plan: Plan,
        _ migrations: MigrationSet,
        _ contents: LedgerContents,
        in dialect: Dialect
    ) throws(Failure) -> [Step] {
        let prepared = try prepared(plan, migrations, in: dialect)
        try checkBegun(contents, migrations, plan.direction)
        for migration in prepared {
            try checkResumption(of: migration, from: contents.begun.first { $0.revision == migration.id })
        }
        return try steps(prepared, migrations.graph, contents)
    }

    private func prepared(
        _ plan: Plan,
        _ migrations: MigrationSet,
        in dialect: Dialect
    ) throws(Failure) -> [PreparedMigration] {
        do throws(ScriptError) {
            var prepared: [PreparedMigration] = []
            for migration in plan.steps.compactMap({ migrations[$0] }) {
                prepared.append(try PreparedMigration(migration, plan.direction, in: dialect))
            }
            return prepared
        } catch {
            throw .scripts(error)
        }
    }

    private func steps(
        _ migrations: [PreparedMigration],
        _ graph: RevisionGraph,
        _ contents: LedgerContents
    ) throws(Failure) -> [Step] {
        do throws(RevisionError) {
            // A table that holds the heads only needs to be told how they change.
            var rows = contents.isJournal ? nil : try VersionRows(contents.rows(in: graph), of: graph)
            return migrations.map { migration in
                let changes = rows?.take(migration.id, migration.direction)
                let transition = changes.map { RowTransition($0, to: Array(rows?.rows ?? [])) }
                return Step(
                    migration: migration,
                    record: LedgerRecord(
                        migration.migration,
                        migration.direction,
                        settings,
                        transition: transition
                    )
                )
            }
        } catch {
            throw .target(error)
        }
    }

    /// What was begun in the other direction has to be finished there.
    private func checkBegun(
        _ contents: LedgerContents,
        _ migrations: MigrationSet,
        _ direction: Plan.Direction
    ) throws(Failure) {
        for entry in contents.begun {
            guard let begun = entry.state.direction, begun != direction else { continue }
            // Of a way up nothing may be there yet. A way back that was begun has left an applied revision behind.
            guard begun == .down || entry.statementsDone > 0 || entry.state.isRefusal else { continue }
            throw .dirty(dirt(entry, begun, migrations))
        }
    }

    /// With nothing else to do, what a person has to see to is not passed over.
    func checkNothingIsRefused(_ contents: LedgerContents, _ migrations: MigrationSet) throws(Failure) {
        for entry in contents.begun where entry.state.isRefusal {
            throw .dirty(dirt(entry, entry.state.direction ?? .up, migrations))
        }
    }

    private func dirt(
        _ entry: LedgerEntry,
        _ begun: Plan.Direction,
        _ migrations: MigrationSet
    ) -> Failure.Dirt {
        Failure.Dirt(
            revision: entry.revision,
            direction: begun,
            file: migrations[entry.revision]?.file(begun.section).path ?? "",
            done: entry.statementsDone,
            total: nil,
            line: nil,
            reason: "Finish that first: \(command(finishing: entry, begun, migrations))."
        )
    }

    private func command(
        finishing entry: LedgerEntry,
        _ direction: Plan.Direction,
        _ migrations: MigrationSet
    ) -> String {
        let id = entry.revision
        let way =
            switch direction {
            case .up: "apus upgrade \(id)"
            case .down: "apus downgrade \(id)@\(migrations[id]?.revision.parents.first?.rawValue ?? "base")"
            }
        return entry.state.isRefusal ? "\(way) --resume" : way
    }

    /// A half done migration is taken up by itself when its runner was killed or interrupted; when a statement of it was
    /// refused, a person has to say that what was wrong is mended.
    private func checkResumption(of migration: PreparedMigration, from entry: LedgerEntry?) throws(Failure) {
        guard let entry, entry.statementsDone > 0 || entry.state.isRefusal else { return }
        let line = migration.line(after: entry.statementsDone)
        var reason: String?
        if !migration.begins(with: entry) {
            reason = "They were edited since, so it cannot be taken up: restore them, then run with --resume."
        } else if entry.state.isRefusal, !settings.resume {
            let place = line.map { " (\(migration.file):\($0))" } ?? ""
            reason = "Mend what made the next one\(place) fail, then run with --resume to go on there."
        }
        guard let reason else { return }
        throw .dirty(
            Failure.Dirt(
                revision: migration.id,
                direction: migration.direction,
                file: migration.file,
                done: entry.statementsDone,
                total: migration.statements.count,
                line: line,
                reason: reason
            )
        )
    }
}

extension PreparedMigration {
    /// Whether the statements that an earlier run has done are still its first ones.
    func begins(with entry: LedgerEntry) -> Bool {
        checksum(of: statements.prefix(entry.statementsDone)) == entry.checksum
    }

    /// The line of the statement that comes after so many; nil behind the last one.
    fileprivate func line(after done: Int) -> Int? {
        guard statements.indices.contains(done) else { return nil }
        return text.position(of: statements[done].range.lowerBound).line
    }
}

extension LedgerRecord {
    init(
        _ migration: Migration,
        _ direction: Plan.Direction,
        _ settings: Settings,
        transition: RowTransition? = nil
    ) {
        self.init(
            revision: migration.revision.id,
            direction: direction,
            checksum: migration.checksum,
            description: migration.title,
            runID: settings.runID,
            toolVersion: settings.toolVersion,
            transition: transition
        )
    }
}
