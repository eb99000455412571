import ArgumentParser
import Engine
import Revisions
import Scripts

/// Where the history parts.
struct Branches: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "branches",
        abstract: "Show the revisions that several others follow, and which.",
        discussion: "Reads the files only."
    )

    @Flag(
        name: .shortAndLong,
        help: "Show all that the files say of each, and the titles of those that follow."
    )
    var verbose = false

    @Option(help: "text or json.")
    var format: ReadingFormat = .text

    @OptionGroup(title: "Files") var files: FileOptions

    func run() throws {
        try withMigrations(files.flags) { (migrations, _) throws(Failure) in
            let catalog = Catalog(migrations)
            let points = Set(migrations.graph.branchPoints)
            // Newest first, as in the history.
            let shown = try catalog.history(RevisionRange()).filter { points.contains($0) }
            show(catalog.entries(shown, withComments: verbose), as: format) { entries in
                entries.flatMap { lines(of: $0, catalog) }
            }
        }
    }

    private func lines(of entry: RevisionEntry, _ catalog: Catalog) -> [String] {
        let style = Style.forStandardOutput()
        let children = catalog.entries(entry.children.map { Revision.ID(rawValue: $0) })
        let indent = String(repeating: " ", count: entry.revision.count)
        return (verbose ? entry.details(style) : [entry.name(style)])
            + children.map { "\(indent) -> \(verbose ? $0.titledName(style) : $0.name(style))" }
            + (verbose ? [""] : [])
    }
}
