import ArgumentParser
import Engine
import Revisions

/// Accepts an edit on purpose.
struct Repair: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repair",
        abstract: "Accept edited files of applied revisions as they are now.",
        discussion: "Nothing is applied. apus_revision keeps when and by whom each one was accepted."
    )

    @Argument(
        help: "The revisions; without any, all edited ones.",
        completion: .revisions(),
        transform: RevisionTarget.argument
    )
    var revisions: [RevisionTarget] = []

    @OptionGroup var options: LedgerOptions

    func run() throws {
        try withMigrator(options) { (migrator) throws(Failure) in try migrator.repair(revisions) }
    }
}
