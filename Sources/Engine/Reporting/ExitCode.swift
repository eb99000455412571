/// How a command ends: a public interface. Manifests are tested against this table.
package enum ExitCode: Int32, CaseIterable, Sendable {
    case ok = 0
    case error = 1
    case migrationFailed = 3
    case dirty = 4
    case backupRefused = 5
    case postCheckFailed = 6
    case integrity = 7
    case ahead = 8
    case pending = 9
    case drift = 10
    case notificationFailed = 11
    case usage = 64
    case badMigration = 65
    case noMigrations = 66
    case unavailable = 69
    case bug = 70
    case connectionLost = 74
    case temporary = 75
    case denied = 77
    case configuration = 78
    case interrupted = 130
    case terminated = 143

    /// The state the database is in after that ending.
    package enum DatabaseState: String, Sendable {
        case atTarget = "at-target"
        case unchanged
        case lastGoodRevision = "last-good-revision"
        case dirty
        case advanced
        case consistent
        case seeReport = "see-report"
    }

    /// What is known about a code without knowing the case.
    package struct Facts: Sendable {
        /// In the form of Kubernetes reasons, for machines.
        package let reason: String
        package let meaning: String
        package let database: DatabaseState
        /// Whether running the same again may help. nil says that it depends on the report.
        package let retryHelps: Bool?
        /// What a person does next.
        package let next: String
    }

    /// Whether a machine should try the same again: what is not known to be hopeless is worth it.
    package var isRetryable: Bool { facts.retryHelps ?? (self == .error) }

    /// Whether only checks end with it, never a job.
    package var isOfChecks: Bool { self == .pending || self == .drift }

    package var facts: Facts {
        switch self {
        case .ok:
            Facts("Succeeded", "at target, or nothing to do", .atTarget, false, "Nothing.")
        case .error:
            Facts(
                "Error",
                "an error of no other class",
                .seeReport,
                nil,
                "Read the message; run it again once."
            )
        case .migrationFailed:
            Facts(
                "MigrationFailed",
                "a migration failed and was rolled back",
                .lastGoodRevision,
                false,
                "Correct the file at the line shown. Revisions applied before it stay."
            )
        case .dirty:
            Facts(
                "Dirty",
                "a migration that runs outside a transaction is half applied",
                .dirty,
                false,
                "Correct what the message names, leave the statements that are done as they are, and run with --resume."
            )
        case .backupRefused:
            Facts(
                "BackupRefused",
                "the backup hook failed, so nothing was applied",
                .unchanged,
                false,
                "Read the hook's own messages, correct it, run again."
            )
        case .postCheckFailed:
            Facts(
                "PostCheckFailed",
                "everything was applied, and the check afterwards found something wrong",
                .advanced,
                false,
                "Compare the finding with the database."
            )
        case .integrity:
            Facts(
                "IntegrityViolated",
                "an applied revision was edited, is missing, or one is out of order",
                .unchanged,
                false,
                "Restore the file, or accept the difference with the --on-… policy that the message names."
            )
        case .ahead:
            Facts(
                "DatabaseAhead",
                "the database has revisions that are newer than these files",
                .unchanged,
                false,
                "Deploy the newer image, or allow it with --on-ahead ok."
            )
        case .pending:
            Facts("Pending", "revisions are pending (checks only)", .unchanged, false, "Run apus upgrade.")
        case .drift:
            Facts(
                "Drift",
                "the schema differs from its revisions (checks only)",
                .unchanged,
                false,
                "Compare the two."
            )
        case .notificationFailed:
            Facts(
                "NotificationFailed",
                "all is applied, but a notification that was required failed",
                .advanced,
                false,
                "Correct the receiver or its URL. The migrations are done."
            )
        case .usage:
            Facts("Usage", "the command line is wrong", .unchanged, false, "See apus --help.")
        case .badMigration:
            Facts(
                "BadMigration",
                "a migration file cannot be right",
                .unchanged,
                false,
                "Correct the file named."
            )
        case .noMigrations:
            Facts(
                "NoMigrations",
                "the directory is missing or has no migrations",
                .unchanged,
                false,
                "Name the directory with --migrations."
            )
        case .unavailable:
            Facts(
                "DatabaseUnavailable",
                "the database did not become ready within the wait timeout",
                .unchanged,
                true,
                "Look at the database, or raise --wait-timeout."
            )
        case .bug:
            Facts("Bug", "Apus has contradicted itself", .seeReport, false, "Report it with the log.")
        case .connectionLost:
            Facts(
                "ConnectionLost",
                "the connection was lost; what was committed is recorded",
                .consistent,
                true,
                "Run again: it goes on from what is recorded."
            )
        case .temporary:
            Facts(
                "Temporary",
                "a lock was not to be had in time, or the deadline came between two migrations",
                .consistent,
                true,
                "Run again later; the message names who was in the way."
            )
        case .denied:
            Facts(
                "AccessDenied",
                "the database refused the role or its password",
                .unchanged,
                false,
                "Correct the role, its password or its privileges."
            )
        case .configuration:
            Facts(
                "Misconfigured",
                "a setting cannot be right",
                .unchanged,
                false,
                "Correct the setting named."
            )
        case .interrupted:
            Facts(
                "Interrupted",
                "ended by SIGINT: cancelled, rolled back, lock released",
                .consistent,
                true,
                "Run again."
            )
        case .terminated:
            Facts(
                "Terminated",
                "ended by SIGTERM: cancelled, rolled back, lock released",
                .consistent,
                true,
                "Run again."
            )
        }
    }

    /// The name in the table, such as `migration_failed`.
    package var name: String {
        "\(self)".flatMap { $0.isUppercase ? "_\($0.lowercased())" : "\($0)" }.map(String.init).joined()
    }
}

extension ExitCode.Facts {
    fileprivate init(
        _ reason: String,
        _ meaning: String,
        _ database: ExitCode.DatabaseState,
        _ retryHelps: Bool?,
        _ next: String
    ) {
        self.reason = reason
        self.meaning = meaning
        self.database = database
        self.retryHelps = retryHelps
        self.next = next
    }
}
