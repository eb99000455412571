import ArgumentParser
import Engine
import Glibc
import Ledgers
import Revisions

/// One view of everything: applied, pending, missing, edited, ahead.
struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show every revision and whether the database has it.",
        discussion:
            "Reads only. With --exit-code it ends with 9 when revisions are pending and 7 or 8 when files and database contradict each other."
    )

    @Option(help: "text or json.")
    var format: ReadingFormat = .text

    @Flag(help: "End with 9 when something is pending, with 7 or 8 when something is wrong.")
    var exitCode = false

    @OptionGroup(title: "Database") var database: DatabaseOptions
    @OptionGroup(title: "Waiting") var waiting: WaitOptions

    func run() throws {
        try withSettings { () throws(SettingError) in
            let configuration = try Configuration.current(
                flags: [database.flags, waiting.flags],
                readsDotEnv: true
            )
            let scrubber = Scrubber()
            let settings = try configuration.settings(target: .heads, waitTimeout: .zero, scrubber: scrubber)
            let renderer = TextRenderer(scrubber: scrubber, style: .forStandardError())
            var code = Engine.ExitCode.ok
            let migrator = Migrator(settings, interruption: Apus.interruption) { event in
                if case .failed = event { renderer.show(event) }
            }
            let failure = migrator.attempt { () throws(Failure) in
                let overview = try StatusOverview(try migrator.inspect())
                print(format == .json ? encoded(overview) : overview.text)
                if exitCode { code = overview.exitCode }
            }
            return failure == .ok ? code : failure
        }
    }
}
