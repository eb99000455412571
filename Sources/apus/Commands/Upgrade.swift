import ArgumentParser
import Revisions

/// The same as the job, for people: up to a target, without waiting.
struct Upgrade: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "upgrade",
        abstract: "Apply revisions up to a target."
    )

    @Argument(
        help: "head, heads, a revision or the beginning of one, label@head, +N, or rev+N.",
        transform: RevisionTarget.argument
    )
    var target: RevisionTarget = .heads

    @Flag(help: "Run everything in one transaction, and take it back.")
    var dryRun = false

    @OptionGroup var options: JobOptions

    func run() throws {
        try withSettings { () throws(SettingError) in
            let flags = options.flags + [["dry-run": dryRun ? "true" : nil]]
            let configuration = try Configuration.current(flags: flags, readsDotEnv: true)
            return try Job(configuration, target: target, waitTimeout: .zero).run()
        }
    }
}
