import Database
import Engine
import Glibc
import Ledgers
import Revisions

extension Configuration {
    /// The configuration of a command, from its flags and the process's surroundings.
    ///
    /// - Parameter readsDotEnv: A container job takes nothing from a file that happens to lie in its image.
    /// - Throws: `SettingError` for a configuration file that cannot be used.
    static func current(flags: [[String: String?]], readsDotEnv: Bool) throws(SettingError) -> Configuration {
        var configuration = Configuration(
            flags: flags.reduce(into: [:]) { $0.merge($1) { $1 } },
            environment: processEnvironment(),
            dotEnv: readsDotEnv ? DotEnv.inWorkingDirectory().values : [:]
        )
        try configuration.readFile()
        return configuration
    }

    /// The directories with the migrations.
    var migrationDirectories: [String] {
        let directories = list("migrations")
        return directories.isEmpty ? ["migrations"] : directories
    }

    /// Whose table somebody has said that it is to be.
    private var chosenLedger: LedgerKind? {
        get throws(SettingError) {
            try value("ledger", expected: "apus, alembic or alembic:TABLE") { LedgerKind($0) }
        }
    }

    /// The schema of the ledger, which nobody needs to name twice.
    private var ledgerSchema: String? {
        get throws(SettingError) {
            let schema = text("ledger-schema")
            if schema != nil, case .alembic(_, .some)? = try chosenLedger {
                throw .conflict(
                    "--ledger names a schema, and --ledger-schema is set as well. Keep one of them."
                )
            }
            return schema
        }
    }

    /// - Throws: `SettingError`.
    func settings(
        _ direction: Plan.Direction = .up,
        target: RevisionTarget,
        waitTimeout: Duration,
        scrubber: Scrubber
    ) throws(SettingError) -> Settings {
        scrubber.register(urlPassword(in: try databaseURL()))
        var settings = Settings(database: databaseSource(scrubber), migrations: migrationDirectories)
        (settings.direction, settings.target) = (direction, target)
        settings.waitTimeout = try duration("wait-timeout") ?? waitTimeout
        settings.grace = try duration("grace") ?? settings.grace
        settings.lockWaitTimeout = try duration("lock-wait-timeout") ?? settings.lockWaitTimeout
        settings.lockTimeout = try duration("lock-timeout") ?? settings.lockTimeout
        settings.lockRetryBudget = try duration("lock-retry-budget") ?? settings.lockRetryBudget
        settings.statementTimeout = try duration("statement-timeout")
        settings.deadline = try duration("deadline")
        settings.chosenLedger = try chosenLedger
        settings.ledgerSchema = try ledgerSchema
        settings.isConfirmed = try isOn("yes") || !Container.isAround(self)
        settings.tag = text("tag")
        settings.searchPath = try value("search-path", expected: "names of schemas with commas between them")
        {
            $0.contains(";") ? nil : $0
        }
        settings.allowPooler = try isOn("allow-pooler")
        settings.terminateOrphans = try isOn("terminate-orphans")
        settings.resume = try isOn("resume")
        settings.onEdited = try policy("on-edited") ?? settings.onEdited
        settings.onMissing = try policy("on-missing") ?? settings.onMissing
        settings.onOutOfOrder = try policy("on-out-of-order") ?? settings.onOutOfOrder
        settings.onAhead = try policy("on-ahead") ?? settings.onAhead
        settings.host = variable("POD_NAME")?.text ?? settings.host
        settings.toolVersion = Version.number
        settings.scrub = { scrubber.scrub($0) }
        settings.backup = try backupHook(scrubber)
        return settings
    }

    /// What a script depends on. It is for the kind of database that the URL names, when there is one.
    ///
    /// - Throws: `SettingError`.
    func scriptSettings(_ direction: Plan.Direction) throws(SettingError) -> (Settings, Product) {
        var settings = Settings(database: databaseSource(Scrubber()), migrations: migrationDirectories)
        settings.direction = direction
        settings.chosenLedger = try chosenLedger
        settings.ledgerSchema = try ledgerSchema
        settings.toolVersion = Version.number
        guard let url = try givenDatabaseURL() else { return (settings, .postgreSQL) }
        do throws(DatabaseError) {
            if case .sqlite = try DatabaseURL(url) { return (settings, .sqlite) }
            return (settings, .postgreSQL)
        } catch {
            throw .conflict("\(error)\(error.hint.map { ". \($0)" } ?? "")")
        }
    }

    /// Where the database is, read anew each time: a mounted secret changes when it is rotated.
    func databaseSource(_ scrubber: Scrubber) -> DatabaseSource {
        { () throws(DatabaseError) in try database(scrubber) }
    }

    private func database(_ scrubber: Scrubber) throws(DatabaseError) -> DatabaseURL {
        let url: String
        let password: String?
        do throws(SettingError) {
            url = try databaseURL()
            password = try secret("database-password")
        } catch {
            throw DatabaseError(.configuration, error.description)
        }
        scrubber.register(urlPassword(in: url))
        let target = try DatabaseURL(url, password: password)
        scrubber.register(target.password)
        return target
    }

    /// Secrets that anybody can read who may list processes.
    var exposures: [String] {
        let exposed = ["database-url", "notify-url"].filter { name in
            isOnCommandLine(name) && (name == "notify-url" || urlPassword(in: text(name) ?? "") != nil)
        }
        return exposed.map {
            "the secret in --\($0) can be seen in the process list; use \(variableName($0))"
        }
    }

    /// nil where nobody has named a database.
    private func givenDatabaseURL() throws(SettingError) -> String? {
        if let url = try secret("database-url") { return url }
        return try secret(variable: "DATABASE_URL", beside: variable("DATABASE_URL"))
    }

    private func databaseURL() throws(SettingError) -> String {
        if let url = try givenDatabaseURL() { return url }
        throw .missing(
            "the database URL",
            how:
                "Give --database-url, APUS_DATABASE_URL or DATABASE_URL, or name a file with APUS_DATABASE_URL_FILE."
        )
    }
}

/// All variables of the process.
func processEnvironment() -> [String: String] {
    var variables: [String: String] = [:]
    var entry = unsafe environ
    while let text = unsafe entry.pointee {
        let line = unsafe String(cString: text)
        if let equals = line.firstIndex(of: "=") {
            variables[String(line[..<equals])] = String(line[line.index(after: equals)...])
        }
        unsafe entry += 1
    }
    return variables
}
