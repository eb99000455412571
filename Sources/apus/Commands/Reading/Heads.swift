import ArgumentParser
import Engine
import Revisions
import Scripts

/// Where the history ends.
struct Heads: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "heads",
        abstract: "Show the revisions that no other one follows.",
        discussion: "Reads the files only. (effective head) is one that another revision depends on."
    )

    @Flag(name: .shortAndLong, help: "Show all that the files say of each.")
    var verbose = false

    @Flag(help: "Leave out the heads that another revision depends on.")
    var resolveDependencies = false

    @Option(help: "text or json.")
    var format: ReadingFormat = .text

    @OptionGroup(title: "Files") var files: FileOptions

    func run() throws {
        try withMigrations(files.flags) { (migrations, _) throws(Failure) in
            let graph = migrations.graph
            let heads = resolveDependencies ? graph.effectiveHeads : graph.heads
            let style = Style.forStandardOutput()
            show(Catalog(migrations).entries(heads, withComments: verbose), as: format) { entries in
                entries.flatMap { verbose ? $0.details(style) : [$0.name(style)] }
            }
        }
    }
}
