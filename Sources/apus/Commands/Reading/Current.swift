import ArgumentParser
import Engine
import Ledgers
import Revisions

/// What the database is at.
struct Current: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "current",
        abstract: "Show the revisions that the database is at.",
        discussion: "Reads only. An empty database is at none."
    )

    @Flag(name: .shortAndLong, help: "Show all that files and database say of each.")
    var verbose = false

    @Flag(
        name: [.customShort("c"), .customLong("check-heads")],
        help: "End with 9 unless every head of the files is applied."
    )
    var checkHeads = false

    @Option(help: "text or json.")
    var format: ReadingFormat = .text

    @OptionGroup(title: "Database") var database: DatabaseOptions
    @OptionGroup(title: "Waiting") var waiting: WaitOptions

    func run() throws {
        try withInspection([database.flags, waiting.flags]) { (inspection, _) throws(Failure) in
            let position = Position(inspection, withComments: verbose)
            switch format {
            case .json: show([encoded(position)])
            case .text:
                show(position.lines(.forStandardOutput(), isVerbose: verbose))
                for words in position.remarks { remark(words) }
            }
            return checkHeads && !position.at_heads ? .pending : .ok
        }
    }
}
