import Glibc
import YAML

/// The file `apus.yaml`: one line for each setting, named like its option.
struct ConfigurationFile {
    let path: String
    /// The values by name; the items of a list are joined by line ends.
    private(set) var values: [String: Configuration.Found] = [:]

    /// The file that is named, else `apus.yaml` in the working directory, else nothing.
    ///
    /// - Throws: `SettingError` for a file that is named and cannot be read, or that says what there is not.
    init(named: Configuration.Found?) throws(SettingError) {
        path = named?.text ?? "apus.yaml"
        if named == nil, unsafe access(path, F_OK) != 0 { return }
        let text = try SecretFile(path: path, source: named?.source ?? path).read()
        do throws(YAMLError) {
            for entry in try YAMLMapping(Array(text.utf8)).entries {
                let name = entry.name.replacing("_", with: "-")
                guard Self.names.contains(name) else {
                    throw YAMLError(line: entry.line, message: "there is no setting \"\(entry.name)\"")
                }
                values[name] = Configuration.Found(
                    text: entry.values.joined(separator: "\n"),
                    source: "\(name) in \(path):\(entry.line)"
                )
            }
        } catch {
            throw .conflict("\(path):\(error.line): \(error.message). See docs/configuration.md.")
        }
    }

    /// The options that a file may set: all but those that only make sense for one command at a time.
    static let names: Set<String> = [
        "database-url", "database-password", "migrations", "ledger", "ledger-schema", "search-path",
        "wait-timeout", "grace",
        "lock-wait-timeout", "lock-timeout", "lock-retry-budget", "statement-timeout", "deadline",
        "allow-pooler", "terminate-orphans", "on-edited", "on-missing", "on-out-of-order", "on-ahead",
        "backup-command", "backup-sql", "backup-timeout", "backup-dir", "backup-env",
        "notify-url", "notify-secret", "notify-required", "notify-insecure", "notify-timeout", "ca-file",
        "log-format", "report-file", "tag", "template", "post-write",
    ]
}
