import ArgumentParser
import Engine
import Revisions

/// The question of a probe.
struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say in one line, and by the exit code, whether the schema is current.",
        discussion: """
            0: every revision of the files is applied. 9: some are pending, also one that a run is at, or that a killed run \
            left half applied: a job goes on with it by itself. 7: files and database contradict each other. 8: the \
            database is newer. 4: a revision is half applied or half reverted, and a job does not go on by itself. It \
            takes no lock, writes nothing, and needs no right but to read the ledger.
            """
    )

    @Option(help: "text or json.")
    var format: ReadingFormat = .text

    @OptionGroup(title: "Database") var database: DatabaseOptions
    @OptionGroup(title: "Waiting") var waiting: WaitOptions
    @OptionGroup(title: "Judging") var policies: PolicyOptions

    func run() throws {
        let flags = [database.flags, waiting.flags, policies.flags]
        try withInspection(flags) { (inspection, settings) throws(Failure) in
            let verdict = try Verdict(inspection, settings)
            let answer = CheckAnswer(inspection, verdict)
            if format == .text { for warning in answer.warnings { remark("warning: \(warning)") } }
            show([format == .json ? encoded(answer) : answer.message])
            return verdict.code
        }
    }
}
