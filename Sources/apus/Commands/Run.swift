import ArgumentParser
import Revisions

/// The container job.
struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Do the whole job: wait, lock, back up, apply, verify, report.",
        discussion: "Nothing pending is a quiet success. apus explain says what an exit code means."
    )

    @OptionGroup var options: JobOptions

    func run() throws {
        try withSettings { () throws(SettingError) in
            let configuration = try Configuration.current(flags: options.flags, readsDotEnv: false)
            return try Job(configuration, target: .heads, waitTimeout: .seconds(60)).run()
        }
    }
}
