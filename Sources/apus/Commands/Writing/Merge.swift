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

    @Argument(
        help: "The revisions to join. (default: all heads)",
        completion: .revisions(and: "heads"),
        transform: RevisionTarget.argument
    )
    var revisions: [RevisionTarget] = []

    @OptionGroup(title: "New revision") var draft: DraftOptions
    @OptionGroup(title: "Files") var files: FileOptions

    func run() throws {
        var request = draft.request
        request.isMerge = true
        request.parents = revisions.isEmpty ? [.heads] : revisions
        try writeRevision(request, draft, files)
    }
}
