import ArgumentParser
import Revisions

/// The way back, with everything that the way forth has: the lock, the backup, the record, the report.
struct Downgrade: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "downgrade",
        abstract: "Undo revisions down to a target.",
        discussion: """
            In a container it takes --yes to undo more than one revision, or the last one. Write -1 as it is: \
            apus downgrade -1.
            """
    )

    @Argument(
        help: "-N, base, a revision or the beginning of one, label@-N, or rev-N.",
        transform: RevisionTarget.argument
    )
    var target: RevisionTarget

    @Flag(help: "Run everything in one transaction, and take it back.")
    var dryRun = false

    @Flag(help: "Undo as much as the target says, also in a container.")
    var yes = false

    @OptionGroup var options: JobOptions

    func run() throws {
        try withSettings { () throws(SettingError) in
            let flags = options.flags + [["dry-run": dryRun ? "true" : nil, "yes": yes ? "true" : nil]]
            let configuration = try Configuration.current(flags: flags, readsDotEnv: true)
            return try Job(configuration, .down, target: target, waitTimeout: .zero).run()
        }
    }
}
