import ArgumentParser
import Engine

/// Makes the ledger's tables ahead of the first run.
struct EnsureVersion: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ensure-version",
        abstract: "Make the ledger's tables, if there are none."
    )

    @Flag(help: "Print the statements instead.")
    var sql = false

    @OptionGroup var options: LedgerOptions

    func run() throws {
        guard !sql else {
            return try printScript(options.flags) { (migrator, product) throws(Failure) in
                migrator.ledgerScript(for: product)
            }
        }
        try withMigrator(options) { (migrator) throws(Failure) in try migrator.ensureLedger() }
    }
}
