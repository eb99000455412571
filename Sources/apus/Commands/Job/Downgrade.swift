import ArgumentParser
import Engine
import Revisions

/// The way back, with everything that the way forth has: the lock, the backup, the record, the report.
struct Downgrade: ParsableCommand {
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

    @OptionGroup var step: StepOptions
    @OptionGroup var options: JobOptions

    func run() throws {
        guard !step.sql else { return try script() }
        try step.run(.down, to: try target.single, options.flags + [["yes": yes ? "true" : nil]])
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
