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
        completion: .targets
    )
    var target = "heads"

    @OptionGroup(title: "Database") var database: DatabaseOptions
    @OptionGroup(title: "Waiting") var waiting: WaitOptions
    @OptionGroup(title: "Applying") var applying: ApplyOptions
    @OptionGroup(title: "Backup") var backup: BackupOptions
    @OptionGroup(title: "Notification") var notification: NotifyOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    private var parsedTarget: RevisionTarget {
        get throws {
            do throws(RevisionError) {
                return try RevisionTarget(parsing: target)
            } catch {
                throw ValidationError(error.description)
            }
        }
    }

    func validate() throws { _ = try parsedTarget }

    func run() throws {
        let target = try parsedTarget
        let flags = [
            database.flags, waiting.flags, applying.flags, backup.flags, notification.flags, output.flags,
        ]
        try withSettings { () throws(SettingError) in
            let configuration = try Configuration.current(flags: flags, readsDotEnv: true)
            return try Job(configuration, target: target, waitTimeout: .zero).run()
        }
    }
}
