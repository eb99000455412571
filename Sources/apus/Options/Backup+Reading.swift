import Engine

extension Configuration {
    /// What makes the backup, or nil without one.
    ///
    /// - Throws: `SettingError`.
    func backupHook(_ scrubber: Scrubber) throws(SettingError) -> (any BackupHook)? {
        let sql = try value(
            "backup-sql",
            expected: "restore-point, template-copy, online-backup or vacuum-into"
        ) {
            builtInHook(named: $0)
        }
        guard let command = found("backup-command") else { return sql }
        guard sql == nil else {
            throw .conflict("a backup command and a backup by SQL are both set. Keep one of them.")
        }
        return CommandBackupHook(
            arguments: try command.arguments(),
            environment: backupEnvironment(),
            timeout: try duration("backup-timeout") ?? .seconds(900),
            artifactDirectory: text("backup-dir"),
            database: databaseSource(scrubber)
        )
    }

    /// What PostgreSQL or SQLite can do without a program.
    private func builtInHook(named name: String) -> (any BackupHook)? {
        SQLBackupHook.Kind(rawValue: name).map { SQLBackupHook($0) }
            ?? FileBackupHook(named: name, directory: text("backup-dir"))
    }

    /// What a program usually needs to run at all, and what the user names.
    private func backupEnvironment() -> [String: String] {
        let usual = [
            "PATH", "HOME", "TMPDIR", "LANG", "TZ", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy",
            "https_proxy",
            "no_proxy",
        ]
        var environment: [String: String] = [:]
        for name in usual + list("backup-env") { environment[name] = variable(name)?.text }
        return environment
    }
}
