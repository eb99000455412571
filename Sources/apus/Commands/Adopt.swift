import ArgumentParser
import Engine
import Ledgers

/// Moves in from another tool.
struct Adopt: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adopt",
        abstract: "Take over what another tool has recorded.",
        discussion: """
            The revisions that the other table says are applied are recorded in apus_revision; the other table stays as \
            it is. To keep using it instead, run with --ledger alembic.
            """
    )

    @Option(help: "The tool: alembic.")
    var from: Source

    @OptionGroup var options: LedgerOptions

    enum Source: String, ExpressibleByArgument, CaseIterable { case alembic }

    func validate() throws {
        guard options.database.ledger ?? "apus" == "apus" else {
            throw ValidationError("to adopt is to move to Apus's own table: leave --ledger out")
        }
    }

    func run() throws {
        try withMigrator(options) { (migrator) throws(Failure) in try migrator.adopt(from: .alembic) }
    }
}
