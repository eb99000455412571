import ArgumentParser
import Engine

/// One view of everything: applied, pending, missing, edited, ahead.
struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show every revision and whether the database has it.",
        discussion:
            "Reads only. With --exit-code it ends as apus check does."
    )

    @Option(help: "text or json.")
    var format: ReadingFormat = .text

    @Flag(help: "End with 9 when something is pending, with 4, 7 or 8 when something is wrong.")
    var exitCode = false

    @OptionGroup(title: "Database") var database: DatabaseOptions
    @OptionGroup(title: "Waiting") var waiting: WaitOptions
    @OptionGroup(title: "Judging") var policies: PolicyOptions

    func run() throws {
        let flags = [database.flags, waiting.flags, policies.flags]
        try withInspection(flags) { (inspection, settings) throws(Failure) in
            let overview = try StatusOverview(inspection)
            show([format == .json ? encoded(overview) : overview.text])
            return exitCode ? try Verdict(inspection, settings).code : .ok
        }
    }
}
