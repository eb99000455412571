import Database
import Ledgers
import Revisions
import Scripts
import Waiting

// What is read, and what is decided from it.
extension Migrator {
    /// - Parameter withChecksums: What a ledger says is compared with them.
    func readMigrations(withChecksums: Bool = true) throws(Failure) -> MigrationSet {
        try migrations(from: Reading(settings.migrations, withChecksums: withChecksums))
    }

    func migrations(from reading: Reading) throws(Failure) -> MigrationSet {
        self.reading = reading
        do throws(ScriptError) {
            let migrations = try reading.result().get()
            if !migrations.ignored.isEmpty {
                tell(
                    .warning(
                        "not taken for migrations: \(migrations.ignored.joined(separator: ", "))"
                    )
                )
            }
            return migrations
        } catch {
            throw .scripts(error)
        }
    }

    /// What the ledger says before the lock is taken; nothing when somebody keeps it: under the lock it is waited for.
    func outline(_ session: any Session) throws(Failure) -> LedgerRows {
        try database("reading the ledger") { () throws(DatabaseError) in
            do throws(DatabaseError) {
                return try settings.ledger.locate(on: session, schema: settings.ledgerSchema).rows(
                    details: false
                )
            } catch {
                guard error.sqlState == .lockNotAvailable else { throw error }
                return .journal([])
            }
        }
    }

    /// Looks without the lock whether there is anything to do: most runs find nothing, and need not wait for each other.
    func isUpToDate(_ contents: LedgerContents, _ migrations: MigrationSet) throws(Failure) -> Bool {
        guard !contents.entries.isEmpty, contents.begun.isEmpty else { return false }
        guard integrityFindings(of: migrations, against: contents).isEmpty else { return false }
        let plan = try makePlan(migrations, contents)
        if plan.isEmpty { tell(plan, migrations, contents) }
        return plan.isEmpty
    }

    func checkIntegrity(of migrations: MigrationSet, against contents: LedgerContents) throws(Failure) {
        let findings = integrityFindings(of: migrations, against: contents)
        for finding in findings where settings.policy(for: finding) == .warn {
            tell(.warning(finding.description))
        }
        let fatal = findings.filter { settings.policy(for: $0) == .fail }
        guard fatal.isEmpty else { throw .integrity(fatal) }
    }

    func makePlan(_ migrations: MigrationSet, _ contents: LedgerContents) throws(Failure) -> Plan {
        do throws(RevisionError) {
            switch settings.direction {
            case .up:
                return try migrations.graph.plan(upgradeTo: settings.target, applied: contents.applied)
            case .down:
                return try migrations.graph.plan(
                    downgradeTo: settings.target,
                    applied: contents.revertible,
                    journal: contents.journal
                )
            }
        } catch {
            throw .target(error)
        }
    }

    /// Says what is going to be done, and from where.
    func tell(_ plan: Plan, _ migrations: MigrationSet, _ contents: LedgerContents) {
        tell(.planned(plan, from: migrations.graph.currentHeads(applied: contents.revertible)))
    }

    /// With a ledger of our own that is empty, all would be run once more that another tool has run.
    func checkNobodyElseMigrates(_ contents: LedgerContents, on session: any Session) throws(Failure) {
        guard contents.entries.isEmpty, settings.chosenLedger == nil else { return }
        let found = try database("looking for another tool's table") { () throws(DatabaseError) in
            try ForeignHistory.find(on: session)
        }
        if let found { throw .foreignHistory(found) }
    }

    /// To undo a lot takes a word more, where nobody looks on.
    func confirm(_ plan: Plan, _ contents: LedgerContents) throws(Failure) {
        guard plan.direction == .down, !settings.isConfirmed else { return }
        let reachesBase = contents.revertible.subtracting(plan.steps).isEmpty
        guard plan.steps.count > 1 || reachesBase else { return }
        throw .unconfirmed(plan.steps, reachesBase: reachesBase)
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

    init(_ directories: [String], withChecksums: Bool = true) {
        errand = Errand {
            // A login needs the same library: it is ready before the server asks for one.
            if withChecksums { Checksum.prepare() }
            return Result { () throws(ScriptError) in
                try MigrationSet.read(from: directories, withChecksums: withChecksums)
            }
        }
    }

    func result() -> Result<MigrationSet, ScriptError> { errand.value() }

    /// Whether something is wrong with them. Waits until they are read.
    var hasFailed: Bool {
        if case .failure = result() { true } else { false }
    }
}
