import ArgumentParser
import Engine
import Glibc
import Revisions
import Scripts

/// One revision, from near.
struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show all that the files say of a revision.",
        discussion: "Reads the files only; the database is asked when a target says \"current\" or +N."
    )

    @Argument(
        help: ArgumentHelp(
            "head, heads, current, a revision or the beginning of one, label@head, -N, or rev+N.",
            valueName: "target"
        ),
        completion: .revisions(and: "head", "heads", "current"),
        transform: RevisionTarget.argument
    )
    var targets: [RevisionTarget]

    @Flag(help: "Show the text of the file instead.")
    var sql = false

    @Option(help: "text or json.")
    var format: ReadingFormat = .text

    @OptionGroup(title: "Database") var database: DatabaseOptions
    @OptionGroup(title: "Waiting") var waiting: WaitOptions

    func run() throws {
        let readsDatabase = targets.contains(where: \.needsApplied)
        try withCatalog(database, waiting, readsDatabase: readsDatabase) { (catalog) throws(Failure) in
            let migrations = try migrations(of: targets, in: catalog)
            if sql, format == .text {
                return put(text(of: migrations))
            }
            var entries: [RevisionEntry] = []
            for migration in migrations { entries.append(try entry(of: migration, in: catalog)) }
            let style = Style.forStandardOutput()
            show(entries, as: format) { $0.flatMap { $0.details(style) } }
        }
    }

    /// Each once, in the order in which they were asked for.
    private func migrations(
        of targets: [RevisionTarget],
        in catalog: Catalog
    ) throws(Failure) -> [Migration] {
        var ids: [Revision.ID] = []
        for target in targets {
            let found = try catalog.resolve(target)
            if found.isEmpty { remark("\"\(target)\" stands for no revision.") }
            ids += found.filter { !ids.contains($0) }
        }
        return ids.compactMap { catalog.migrations[$0] }
    }

    private func entry(of migration: Migration, in catalog: Catalog) throws(Failure) -> RevisionEntry {
        var entry = try catalog.detailedEntry(migration)
        if sql { entry.sql = texts(of: migration) }
        return entry
    }

    private func text(of migrations: [Migration]) -> String {
        let texts = migrations.flatMap(texts).map { $0.hasSuffix("\n") ? $0 : "\($0)\n" }
        return texts.joined(separator: "\n")
    }

    private func texts(of migration: Migration) -> [String] {
        ([migration.up] + (migration.down.map { [$0] } ?? [])).map {
            String(decoding: $0.bytes, as: UTF8.self)
        }
    }
}
