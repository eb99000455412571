import ArgumentParser
import Revisions

/// A command that does steps of the job's kind, or, when told so, otherwise than for good.
protocol StepCommand: ParsableCommand {
    var sql: Bool { get }
    var dryRun: Bool { get }
    var options: JobOptions { get }
}

extension StepCommand {
    func validate() throws {
        if sql, dryRun { throw ValidationError("--dry-run needs the database; --sql does not look at one") }
    }

    /// Does the steps, or tries them.
    ///
    /// - Parameter more: Flags of the one command.
    func run(_ direction: Plan.Direction, to target: RevisionTarget, _ more: [String: String?] = [:]) throws {
        try withSettings { () throws(SettingError) in
            let flags = options.flags + [["dry-run": dryRun ? "true" : nil], more]
            let configuration = try Configuration.current(flags: flags, readsDotEnv: true)
            let isDryRun = try configuration.isOn("dry-run")
            return try Job(configuration, direction, target: target, isDryRun: isDryRun, waitTimeout: .zero)
                .run()
        }
    }
}
