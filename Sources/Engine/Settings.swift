package import Ledgers
package import Revisions

/// All that a run can be told. Each default is the one that the command line shows.
package struct Settings: Sendable {
    /// Where the database is. Asked again before every attempt to connect: a secret may be rotated while waiting.
    package var database: DatabaseSource
    /// The directories with the migrations.
    package var migrations: [String]
    /// Which way to go.
    package var direction: Plan.Direction = .up
    /// How far to go.
    package var target: RevisionTarget = .heads
    /// Whether everything is run and then taken back.
    package var isDryRun = false
    /// Whether to undo more than one revision, or the last one, needs no further word.
    package var isConfirmed = true
    /// A word of the user's own that hooks and the report pass on.
    package var tag: String?

    /// How long a database may take to become ready. Zero makes one attempt.
    package var waitTimeout: Duration = .seconds(60)
    /// How long a refused role or a missing database may turn out to be still in the making.
    package var grace: Duration = .seconds(10)
    /// How long another runner may hold the lock.
    package var lockWaitTimeout: Duration = .seconds(600)
    /// The longest a statement waits for a lock in the database at one time; it begins with a tenth of a second.
    package var lockTimeout: Duration = .seconds(3)
    /// How long a migration is tried again because of locks.
    package var lockRetryBudget: Duration = .seconds(600)
    /// The longest a statement may run; nil sets no limit.
    package var statementTimeout: Duration?
    /// After that long no further migration is begun; nil sets no limit.
    package var deadline: Duration?

    /// Whose table somebody has said that it is to be.
    package var chosenLedger: LedgerKind?
    /// Whose table says what is applied.
    package var ledger: LedgerKind { chosenLedger ?? .apus }
    /// The schema of the ledger; nil finds it, or takes the first one of the search path.
    package var ledgerSchema: String?
    /// The search path of every migration; nil leaves the role's own.
    package var searchPath: String?
    /// Whether a pooler in session mode may stand between.
    package var allowPooler = false
    /// Whether sessions that earlier runners left at work are ended instead of waited for.
    package var terminateOrphans = false
    /// Whether a migration that stopped half way is taken up again.
    package var resume = false

    package var onEdited: Policy = .fail
    package var onMissing: Policy = .fail
    package var onOutOfOrder: Policy = .fail
    package var onAhead: Policy = .fail

    /// What must succeed before anything is applied.
    package var backup: (any BackupHook)?

    /// Takes secrets out of what is written into the database.
    package var scrub: @Sendable (String) -> String = { $0 }

    /// Names this run everywhere: in the session, the ledger, the report.
    package var runID: String = RunID.make()
    /// The machine, container or pod.
    package var host: String = hostName()
    package var toolVersion: String = "0.0.0"

    package init(
        database: @escaping DatabaseSource,
        migrations: [String]
    ) {
        self.database = database
        self.migrations = migrations
    }

    /// What sessions of runners are called, so that they are known to the next one.
    static let applicationPrefix = "apus/"

    var applicationName: String { "\(Self.applicationPrefix)\(runID.suffix(8))@\(host)" }
}
