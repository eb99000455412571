import ArgumentParser
import Engine
import Revisions

/// What came after what.
struct History: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Show the revisions, newest first.",
        discussion: """
            Reads the files only; the database is asked with --indicate-current, and where the range says "current" or \
            begins with +N.
            """
    )

    /// How a history is shown.
    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, mermaid, dot }

    @Option(
        name: [.customShort("r", allowingJoined: true), .customLong("rev-range")],
        parsing: .unconditional,
        help: ArgumentHelp(
            "From one target to another, both included: a:b, :current, -3:.",
            valueName: "range"
        ),
        completion: .ranges,
        transform: RevisionRange.argument
    )
    var range = RevisionRange()

    @Flag(name: .shortAndLong, help: "Show all that the files say of each.")
    var verbose = false

    @Flag(name: .shortAndLong, help: "Mark what the database is at; with --graph, also what is pending.")
    var indicateCurrent = false

    @Flag(help: "Draw lines from each revision to those it follows.")
    var graph = false

    @Option(help: "text, json, mermaid or dot.")
    var format: Format = .text

    @OptionGroup(title: "Database") var database: DatabaseOptions
    @OptionGroup(title: "Waiting") var waiting: WaitOptions

    func validate() throws {
        guard !graph || format == .text else {
            throw ValidationError("--graph draws text; leave it out with --format \(format.rawValue).")
        }
    }

    func run() throws {
        let readsDatabase = indicateCurrent || range.needsApplied
        try withCatalog(database, waiting, readsDatabase: readsDatabase) { (catalog) throws(Failure) in
            let entries = catalog.entries(try catalog.history(range), withComments: verbose)
            switch format {
            case .json: show([encoded(RevisionDocument(revisions: entries))])
            case .mermaid: show([diagram(entries, catalog).mermaid])
            case .dot: show([diagram(entries, catalog).dot])
            case .text where graph: show(drawing(of: entries))
            case .text: show(lines(entries))
            }
        }
    }

    private func lines(_ entries: [RevisionEntry]) -> [String] {
        let style = Style.forStandardOutput()
        return entries.flatMap { verbose ? $0.details(style) : [$0.line(style)] }
    }

    private func drawing(of entries: [RevisionEntry]) -> [String] {
        let style = Style.forStandardOutput()
        let places = Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($1.revision, $0) })
        let nodes = entries.map { entry in
            let parents = entry.parents.compactMap { places[$0] }
            let line = entry.drawnLine(style, allParentsDrawn: parents.count == entry.parents.count)
            return HistoryGraph.Node(
                parents: parents,
                isPending: entry.applied == false,
                text: verbose ? entry.details(style) : [line]
            )
        }
        return HistoryGraph.draw(nodes, with: .forStandardOutput())
    }

    private func diagram(_ entries: [RevisionEntry], _ catalog: Catalog) -> HistoryDiagram {
        HistoryDiagram(entries: entries) { name in
            (try? catalog.resolve(.named(name)))?.first?.rawValue
        }
    }
}
