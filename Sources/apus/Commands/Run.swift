import ArgumentParser
import Revisions

/// The container job.
struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Do the whole job: wait, lock, back up, apply, verify, report.",
        discussion: "Nothing pending is a quiet success. apus explain says what an exit code means."
    )

    @OptionGroup(title: "Database") var database: DatabaseOptions
    @OptionGroup(title: "Waiting") var waiting: WaitOptions
    @OptionGroup(title: "Applying") var applying: ApplyOptions
    @OptionGroup(title: "Backup") var backup: BackupOptions
    @OptionGroup(title: "Notification") var notification: NotifyOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() throws {
        let flags = [
            database.flags, waiting.flags, applying.flags, backup.flags, notification.flags, output.flags,
        ]
        try withSettings { () throws(SettingError) in
            let configuration = try Configuration.current(flags: flags, readsDotEnv: false)
            return try Job(configuration, target: .heads, waitTimeout: .seconds(60)).run()
        }
    }
}
