import ArgumentParser
import Engine
import Revisions

/// The way back, with everything that the way forth has: the lock, the backup, the record, the report.
struct Downgrade: StepCommand {
    static let configuration = CommandConfiguration(
        commandName: "downgrade",
        abstract: "Undo revisions down to a target.",
        discussion: "In a container it takes --yes to undo more than one revision, or the last one."
    )

    @Argument(
        help: "-N, base, a revision or the beginning of one, label@-N, rev-N; with --sql a range, from:to.",
        completion: .revisions(and: "base"),
        transform: TargetArgument.argument
    )
    var target: TargetArgument

    @Flag(help: "Undo as much as the target says, also in a container.")
    var yes = false

    @Flag(help: "Print a script instead: over a range, or for an upgrade from base.")
    var sql = false

    @Flag(help: "Run everything in one transaction, and take it back.")
    var dryRun = false

    @OptionGroup var options: JobOptions

    func run() throws {
        guard !sql else { return try script() }
        try run(.down, to: try target.single, ["yes": yes ? "true" : nil])
    }

    private func script() throws {
        guard case .range(let range) = target else {
            throw ValidationError("downgrade --sql needs to know where the database is: from:to")
        }
        try printScript(options.flags, .down) { (migrator, product) throws(Failure) in
            try migrator.script(over: range, for: product)
        }
    }
}
