import ArgumentParser

/// What every job can be told.
///
/// The groups lie side by side: in a debug build the parser checks what is below a group four times, for each level again.
struct JobOptions: ParsableArguments {
    @OptionGroup(title: "Database") var database: DatabaseOptions
    @OptionGroup(title: "Waiting") var waiting: WaitOptions
    @OptionGroup(title: "Applying") var lock: LockOptions
    @OptionGroup(title: "Applying") var applying: ApplyOptions
    @OptionGroup(title: "Applying") var policies: PolicyOptions
    @OptionGroup(title: "Backup") var backup: BackupOptions
    @OptionGroup(title: "Notification") var notification: NotifyOptions
    @OptionGroup(title: "Output") var log: LogOptions
    @OptionGroup(title: "Output") var report: ReportOptions

    var flags: [[String: String?]] {
        [
            database.flags, waiting.flags, lock.flags, applying.flags, policies.flags, backup.flags,
            notification.flags, log.flags, report.flags,
        ]
    }
}

/// What names the migrations.
struct FileOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A file with settings, in YAML. (default: apus.yaml, if there is one)",
            valueName: "file"
        ),
        completion: .file(extensions: ["yaml", "yml"])
    )
    var config: String?

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            "A directory with migrations; may be repeated. (default: migrations)",
            valueName: "dir"
        ),
        completion: .directory
    )
    var migrations: [String] = []

    var flags: [String: String?] {
        ["config": config, "migrations": migrations.isEmpty ? nil : migrations.joined(separator: "\n")]
    }
}

/// What names the database and the migrations.
struct DatabaseOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Where the database is: postgres://user@host:5432/database or sqlite:///file.db.",
            valueName: "url"
        )
    )
    var databaseURL: String?

    @OptionGroup var files: FileOptions

    @Option(
        help: ArgumentHelp(
            "The schema of the ledger. (default: where it is found, else the first of the search path)",
            valueName: "name"
        )
    )
    var ledgerSchema: String?

    @Option(
        help: ArgumentHelp(
            "Whose table says what is applied: apus, alembic, or alembic:TABLE or alembic:SCHEMA.TABLE for another version_table. (default: apus)",
            valueName: "ledger"
        )
    )
    var ledger: String?

    @Option(
        help: ArgumentHelp(
            "The search path of every migration. (default: the role's own)",
            valueName: "schemas"
        )
    )
    var searchPath: String?

    var flags: [String: String?] {
        files.flags.merging(
            [
                "database-url": databaseURL, "ledger": ledger, "ledger-schema": ledgerSchema,
                "search-path": searchPath,
            ]
        ) { $1 }
    }
}

/// How long the database is waited for.
struct WaitOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How long the database may take to become ready. (default: 60s for run and wait, else 0)",
            valueName: "time"
        )
    )
    var waitTimeout: String?

    @Option(
        help: ArgumentHelp(
            "How long a refused login, or a missing database, may be one still being made. (default: 10s)",
            valueName: "time"
        )
    )
    var grace: String?

    var flags: [String: String?] { ["wait-timeout": waitTimeout, "grace": grace] }
}

/// How the lock is come by.
struct LockOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("How long another runner may hold the lock. (default: 10m)", valueName: "time")
    )
    var lockWaitTimeout: String?

    @Flag(help: "Allow a connection pooler that works in session mode.")
    var allowPooler = false

    @Flag(help: "End sessions that an earlier runner left at work, instead of waiting for them.")
    var terminateOrphans = false

    var flags: [String: String?] {
        [
            "lock-wait-timeout": lockWaitTimeout, "allow-pooler": allowPooler ? "true" : nil,
            "terminate-orphans": terminateOrphans ? "true" : nil,
        ]
    }
}

/// What a command can be told that only writes the ledger.
struct LedgerOptions: ParsableArguments {
    @OptionGroup(title: "Database") var database: DatabaseOptions
    @OptionGroup(title: "Waiting") var waiting: WaitOptions
    @OptionGroup(title: "Lock") var lock: LockOptions
    @OptionGroup(title: "Output") var log: LogOptions

    var flags: [[String: String?]] { [database.flags, waiting.flags, lock.flags, log.flags] }
}

/// How migrations are applied.
struct ApplyOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The longest wait for a lock in the database at one time. (default: 3s)",
            valueName: "time"
        )
    )
    var lockTimeout: String?

    @Option(
        help: ArgumentHelp(
            "How long a migration is tried again because of locks. (default: 10m)",
            valueName: "time"
        )
    )
    var lockRetryBudget: String?

    @Option(help: ArgumentHelp("The longest a statement may run. (default: no limit)", valueName: "time"))
    var statementTimeout: String?

    @Option(
        help: ArgumentHelp(
            "Begin no further migration after that time. (default: no limit)",
            valueName: "time"
        )
    )
    var deadline: String?

    @Flag(help: "Go on with a migration of which a statement was refused.")
    var resume = false

    var flags: [String: String?] {
        [
            "lock-timeout": lockTimeout, "lock-retry-budget": lockRetryBudget,
            "statement-timeout": statementTimeout, "deadline": deadline,
            "resume": resume ? "true" : nil,
        ]
    }
}

/// What a contradiction between files and database means.
struct PolicyOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "When an applied file was edited: fail, warn or ok. (default: fail)",
            valueName: "policy"
        ),
        completion: .policies
    )
    var onEdited: String?

    @Option(
        help: ArgumentHelp(
            "When an applied file is gone: fail, warn or ok. (default: fail)",
            valueName: "policy"
        ),
        completion: .policies
    )
    var onMissing: String?

    @Option(
        help: ArgumentHelp(
            "When a file comes below applied ones: fail, warn or ok. (default: fail)",
            valueName: "policy"
        ),
        completion: .policies
    )
    var onOutOfOrder: String?

    @Option(
        help: ArgumentHelp(
            "When the database is newer than the files: fail, warn or ok. (default: fail)",
            valueName: "policy"
        ),
        completion: .policies
    )
    var onAhead: String?

    var flags: [String: String?] {
        [
            "on-edited": onEdited, "on-missing": onMissing, "on-out-of-order": onOutOfOrder,
            "on-ahead": onAhead,
        ]
    }
}

/// The copy that is made first.
struct BackupOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A program that makes a backup; no shell is involved.", valueName: "argv"))
    var backupCommand: String?

    @Option(
        help: ArgumentHelp(
            "A backup without a program: restore-point or template-copy; online-backup or vacuum-into for SQLite.",
            valueName: "kind"
        )
    )
    var backupSql: String?

    @Option(help: ArgumentHelp("How long the backup program may take. (default: 15m)", valueName: "time"))
    var backupTimeout: String?

    @Option(
        help: ArgumentHelp(
            "Where backups are put. (default for SQLite: beside the database)",
            valueName: "dir"
        ),
        completion: .directory
    )
    var backupDir: String?

    @Option(
        help: ArgumentHelp(
            "Variables that the program gets besides the usual ones, by name.",
            valueName: "names"
        )
    )
    var backupEnv: String?

    var flags: [String: String?] {
        [
            "backup-command": backupCommand, "backup-sql": backupSql, "backup-timeout": backupTimeout,
            "backup-dir": backupDir, "backup-env": backupEnv,
        ]
    }
}

/// Who is told.
struct NotifyOptions: ParsableArguments {
    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            "A webhook to tell: https://…, standard+https://…, slack+https://…; may be repeated.",
            valueName: "url"
        )
    )
    var notifyURL: [String] = []

    @Flag(help: "Let the job end with 11 when a notification fails.")
    var notifyRequired = false

    @Flag(help: "Allow plain http to hosts that are not near.")
    var notifyInsecure = false

    @Option(help: ArgumentHelp("The longest that telling may take. (default: 30s)", valueName: "time"))
    var notifyTimeout: String?

    @Option(
        help: ArgumentHelp("The certificates to trust, in PEM. (default: the system's)", valueName: "file"),
        completion: .file(extensions: ["pem", "crt"])
    )
    var caFile: String?

    var flags: [String: String?] {
        [
            "notify-url": notifyURL.isEmpty ? nil : notifyURL.joined(separator: " "),
            "notify-required": notifyRequired ? "true" : nil,
            "notify-insecure": notifyInsecure ? "true" : nil,
            "notify-timeout": notifyTimeout, "ca-file": caFile,
        ]
    }
}

/// How a command is shown.
struct LogOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "auto, text or json; auto is text on a terminal. (default: auto)",
            valueName: "format"
        ),
        completion: .list(["auto", "text", "json"])
    )
    var logFormat: String?

    var flags: [String: String?] { ["log-format": logFormat] }
}

/// How a job is reported.
struct ReportOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Write the report to this file, in JSON.", valueName: "file"),
        completion: .file()
    )
    var reportFile: String?

    @Option(help: ArgumentHelp("A word of your own that hooks and the report pass on.", valueName: "text"))
    var tag: String?

    var flags: [String: String?] { ["report-file": reportFile, "tag": tag] }
}
