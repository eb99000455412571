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

    @Argument(help: "head, a revision or the beginning of one, or label@head.")
    var revision = "head"

    @OptionGroup(title: "Files") var files: FileOptions

    func validate() throws { _ = try targets([revision]) }

    func run() throws {
        let target = try targets([revision])[0]
        try writing(files.flags) { configuration throws(WritingFailure) in
            let editor = try editor(configuration)
            let history = try history(configuration)
            let ids = try named(by: target, in: history)
            let migrations = ids.compactMap { history[$0] }
            try editor.open(migrations.flatMap(\.paths))
            try check(ids, configuration)
        }
    }

    private func editor(_ configuration: Configuration) throws(WritingFailure) -> Editor {
        do throws(SettingError) {
            return try Editor(configuration)
        } catch {
            throw .setting(error)
        }
    }

    private func named(by target: RevisionTarget, in history: MigrationSet) throws(WritingFailure)
        -> [Revision.ID]
    {
        let ids: [Revision.ID]
        do throws(DraftError) {
            ids = try history.graph.named(by: target)
        } catch {
            throw .draft(error)
        }
        guard !ids.isEmpty else { throw .draft(.target(.unknownTarget(target.description))) }
        return ids
    }
}
