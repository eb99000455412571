import ArgumentParser
import Revisions
import Scripts

/// Writes the file of a revision that joins others.
struct Merge: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Write the file of a revision that joins several heads.",
        discussion: "Its path is printed on standard output."
    )

    @Argument(help: "The revisions to join, or heads for all.")
    var revisions: [String] = ["heads"]

    @OptionGroup(title: "New revision") var draft: DraftOptions
    @OptionGroup(title: "Files") var files: FileOptions

    func validate() throws { _ = try targets(revisions.flatMap(names)) }

    func run() throws {
        var request = draft.request
        request.isMerge = true
        request.parents = try targets(revisions.flatMap(names))
        try writeRevision(request, draft, files)
    }
}
