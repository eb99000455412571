import Engine
import Revisions

/// Runs `body` with a migrator that shows what happens: for a command that writes the ledger and nothing else.
///
/// - Parameter ledger: The one to write, whatever is set; nil for the one that is set.
func withMigrator(
    _ options: LedgerOptions,
    ledger: String? = nil,
    _ body: (Migrator) throws(Failure) -> Void
) throws {
    try withSettings { () throws(SettingError) in
        let configuration = try Configuration.current(
            flags: options.flags + (ledger.map { [["ledger": $0]] } ?? []),
            readsDotEnv: true
        )
        let scrubber = Scrubber()
        let settings = try configuration.settings(target: .heads, waitTimeout: .zero, scrubber: scrubber)
        let output = try Output(configuration, scrubber: scrubber, runID: settings.runID)
        let migrator = Migrator(settings, interruption: Apus.interruption, observe: output.show)
        return migrator.attempt { () throws(Failure) in try body(migrator) }
    }
}
