import ArgumentParser
import Engine
import Revisions

/// The same as the job, for people: up to a target, without waiting.
struct Upgrade: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "upgrade",
        abstract: "Apply revisions up to a target."
    )

    @Argument(
        help:
            "head, heads, a revision or the beginning of one, label@head, +N, rev+N; with --sql also a range, a:b.",
        completion: .revisions(and: "head", "heads"),
        transform: TargetArgument.argument
    )
    var target: TargetArgument = .target(.heads)

    @OptionGroup var step: StepOptions
    @OptionGroup var options: JobOptions

    func run() throws {
        guard !step.sql else { return try script() }
        try step.run(.up, to: try target.single, options.flags)
    }

    private func script() throws {
        try printScript(options.flags) { (migrator, product) throws(Failure) in
            try migrator.script(over: target.span, for: product)
        }
    }
}

extension TargetArgument {
    /// From base when only the end is said.
    fileprivate var span: RevisionRange {
        switch self {
        case .target(let target): RevisionRange(to: target)
        case .range(let range): range
        }
    }
}
