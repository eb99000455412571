import ArgumentParser
import Engine
import Revisions
import Scripts

/// Opens the file of a revision in an editor.
struct Edit: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "edit",
        abstract: "Open the file of a revision in $VISUAL or $EDITOR.",
        discussion: "Afterwards the files are read again, and what is wrong with them is said."
    )

    @Argument(
        help: "head, a revision or the beginning of one, or label@head.",
        completion: .revisions(and: "head"),
        transform: RevisionTarget.argument
    )
    var revision = RevisionTarget.head

    @OptionGroup(title: "Files") var files: FileOptions

    func run() throws {
        try writing(files.flags) { configuration throws(WritingFailure) in
            let editor = try setting { () throws(SettingError) in try Editor(configuration) }
            let migrations = try drafting { () throws(DraftError) in
                try named(in: configuration.migrationDirectories)
            }
            try editor.open(migrations.flatMap(\.paths))
            try checkAgain(migrations.map(\.revision.id), configuration)
        }
    }

    private func named(in directories: [String]) throws(DraftError) -> [Migration] {
        let history: MigrationSet
        do throws(ScriptError) {
            history = try MigrationSet.read(from: directories)
        } catch {
            throw .scripts(error)
        }
        let ids = try history.graph.named(by: revision)
        guard !ids.isEmpty else { throw .target(.unknownTarget(revision.description)) }
        return ids.compactMap { history[$0] }
    }
}
