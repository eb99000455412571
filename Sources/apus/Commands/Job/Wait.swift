import ArgumentParser
import Engine
import Glibc
import Revisions

/// The gate before an application: reads, and changes nothing.
struct Wait: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wait",
        abstract: "Wait until the database is ready, or until it has the revisions of these files.",
        discussion: """
            Without --for it waits for a database that can be written. With --for head it waits until every revision \
            of the migrations is applied; that takes no lock and needs no right but to read the ledger.
            """
    )

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp(
            "head, heads, a revision, or label@head: the revision to wait for.",
            valueName: "target"
        ),
        completion: .revisions(and: "head", "heads"),
        transform: RevisionTarget.argument
    )
    var target: RevisionTarget?

    @OptionGroup(title: "Database") var database: DatabaseOptions
    @OptionGroup(title: "Waiting") var waiting: WaitOptions
    @OptionGroup(title: "Output") var log: LogOptions

    func run() throws {
        try withSettings { () throws(SettingError) in
            let configuration = try Configuration.current(
                flags: [database.flags, waiting.flags, log.flags],
                readsDotEnv: true
            )
            let scrubber = Scrubber()
            let settings = try configuration.settings(
                target: target ?? .heads,
                waitTimeout: .seconds(60),
                scrubber: scrubber
            )
            let output = try Output(configuration, scrubber: scrubber, runID: settings.runID)
            let migrator = Migrator(settings, interruption: Apus.interruption, observe: output.show)
            return migrator.attempt { () throws(Failure) in
                if target == nil { try migrator.waitForServer() } else { try migrator.waitForTarget() }
            }
        }
    }
}
