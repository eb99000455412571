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

    @Option(
        help: ArgumentHelp(
            "The tool: alembic; alembic:TABLE or alembic:SCHEMA.TABLE for another version_table.",
            valueName: "tool"
        ),
        transform: Adopt.source
    )
    var from: LedgerKind

    @OptionGroup var options: LedgerOptions

    private static func source(_ text: String) throws -> LedgerKind {
        guard let kind = LedgerKind(text), kind != .apus else {
            throw ValidationError("Apus takes over alembic, or alembic:TABLE")
        }
        return kind
    }

    /// To adopt is to move to Apus's own table, whatever has been used so far.
    func run() throws {
        try withMigrator(options, ledger: "apus") { (migrator) throws(Failure) in
            try migrator.adopt(from: from)
        }
    }
}
