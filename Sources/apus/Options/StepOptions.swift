import ArgumentParser
import Revisions

/// What `upgrade` and `downgrade` can be told besides: to do it otherwise than for good.
struct StepOptions: ParsableArguments {
    @Flag(help: "Print a script instead: over a range, or for an upgrade from base.")
    var sql = false

    @Flag(help: "Run everything in one transaction, and take it back.")
    var dryRun = false

    func validate() throws {
        if sql, dryRun { throw ValidationError("--dry-run needs the database; --sql does not look at one") }
    }

    /// Does the steps, or tries them.
    ///
    /// - Parameter flags: Those of the job, and of the one command.
    func run(_ direction: Plan.Direction, to target: RevisionTarget, _ flags: [[String: String?]]) throws {
        try withSettings { () throws(SettingError) in
            let flags = flags + [["dry-run": dryRun ? "true" : nil]]
            let configuration = try Configuration.current(flags: flags, readsDotEnv: true)
            let isDryRun = try configuration.isOn("dry-run")
            return try Job(configuration, direction, target: target, isDryRun: isDryRun, waitTimeout: .zero)
                .run()
        }
    }
}
