import Database
import Ledgers
import Revisions
import SQLText
import Scripts
import Waiting

// What is read, and what is decided from it.
extension Migrator {
    func readMigrations() throws(Failure) -> MigrationSet {
        try migrations(from: Reading(settings.migrations))
    }

    func migrations(from reading: Reading) throws(Failure) -> MigrationSet {
        do throws(ScriptError) {
            let migrations = try reading.result().get()
            if !migrations.ignored.isEmpty {
                tell(
                    .warning(
                        "not taken for migrations, without a number: \(migrations.ignored.joined(separator: ", "))"
                    )
                )
            }
            return migrations
        } catch {
            throw .scripts(error)
        }
    }

    /// What the ledger says before the lock is taken.
    func outline(_ session: any Session) throws(Failure) -> [LedgerEntry] {
        try database("reading the ledger") { () throws(DatabaseError) in
            try NativeLedger.locate(on: session, schema: settings.ledgerSchema).outline()
        }
    }

    /// Looks without the lock whether there is anything to do: most runs find nothing, and need not wait for each other.
    func isUpToDate(_ entries: [LedgerEntry], _ migrations: MigrationSet) throws(Failure) -> Bool {
        guard !entries.isEmpty, entries.allSatisfy({ $0.state == .applied }) else { return false }
        guard integrityFindings(of: migrations, against: entries).isEmpty else { return false }
        let plan = try makePlan(migrations, entries)
        if plan.isEmpty { tell(plan, migrations, entries) }
        return plan.isEmpty
    }

    /// Every migration that is to be applied, parsed and checked, before the first one is.
    func prepare(
        _ plan: Plan,
        _ migrations: MigrationSet,
        _ entries: [LedgerEntry],
        in dialect: Dialect
    ) throws(Failure) -> [PreparedMigration] {
        var prepared: [PreparedMigration] = []
        for migration in plan.steps.compactMap({ migrations[$0] }) {
            do throws(ScriptError) {
                prepared.append(try PreparedMigration(migration, in: dialect))
            } catch {
                throw .scripts(error)
            }
        }
        let begun = entries.filter { $0.state != .applied }
        for migration in prepared {
            try checkResumption(of: migration, from: begun.first { $0.revision == migration.id })
        }
        return prepared
    }

    func checkIntegrity(of migrations: MigrationSet, against entries: [LedgerEntry]) throws(Failure) {
        let findings = integrityFindings(of: migrations, against: entries)
        for finding in findings where settings.policy(for: finding) == .warn {
            tell(.warning(finding.description))
        }
        let fatal = findings.filter { settings.policy(for: $0) == .fail }
        guard fatal.isEmpty else { throw .integrity(fatal) }
    }

    func makePlan(_ migrations: MigrationSet, _ entries: [LedgerEntry]) throws(Failure) -> Plan {
        let applied = Set(entries.filter { $0.state == .applied }.map(\.revision))
        do throws(RevisionError) {
            return try migrations.graph.plan(upgradeTo: settings.target, applied: applied)
        } catch {
            throw .target(error)
        }
    }

    /// Says what is going to be done, and from where.
    func tell(_ plan: Plan, _ migrations: MigrationSet, _ entries: [LedgerEntry]) {
        let applied = Set(entries.filter { $0.state == .applied }.map(\.revision))
        tell(.planned(steps: plan.steps, from: migrations.graph.currentHeads(applied: applied)))
    }

    /// A half applied migration is taken up by itself when its runner was killed or interrupted; when a statement of it was
    /// refused, a person has to say that what was wrong is mended.
    private func checkResumption(of migration: PreparedMigration, from entry: LedgerEntry?) throws(Failure) {
        guard let entry, entry.statementsDone > 0 || entry.state == .failed else { return }
        var reason: String?
        if migration.checksum(of: migration.statements.prefix(entry.statementsDone)) != entry.checksum {
            reason = "They were edited since, so it cannot be taken up: restore them, then run with --resume."
        } else if entry.state == .failed, !settings.resume {
            reason = "Mend what made the next one fail, then run with --resume to go on there."
        }
        guard let reason else { return }
        throw .dirty(
            Failure.Dirt(
                revision: migration.id,
                file: migration.file,
                done: entry.statementsDone,
                total: migration.statements.count,
                reason: reason
            )
        )
    }

    /// Runs `body`, and says what was being done when the database refuses.
    func database<R>(_ doing: String, _ body: () throws(DatabaseError) -> R) throws(Failure) -> R {
        do throws(DatabaseError) {
            return try body()
        } catch {
            throw failure(error, doing: doing)
        }
    }

    func failure(_ error: DatabaseError, doing: String) -> Failure {
        if let signal = interruption.signal, error.kind == .interrupted {
            return .interrupted(signal: signal)
        }
        if error.endsSession { return .connectionLost(during: nil, error: error, outcome: .none) }
        return .database(error, doing: doing)
    }
}

/// The migrations on their way from the disk, while the database is on its way too.
struct Reading {
    private let errand: Errand<Result<MigrationSet, ScriptError>>

    init(_ directories: [String]) {
        errand = Errand {
            Result { () throws(ScriptError) in try MigrationSet.read(from: directories) }
        }
    }

    func result() -> Result<MigrationSet, ScriptError> { errand.value() }

    /// Whether something is wrong with them. Waits until they are read.
    var hasFailed: Bool {
        if case .failure = result() { true } else { false }
    }
}
