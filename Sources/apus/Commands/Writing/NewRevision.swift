import ArgumentParser
import Revisions
import Scripts

/// Writes the file of a new revision.
struct NewRevision: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revision",
        abstract: "Write the file of a new revision.",
        discussion: """
            It follows the only head, or what --head names. In a directory whose files have no headers it gets the \
            next number. Its path is printed on standard output.
            """
    )

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "What it follows: a revision, label@head, or base for a new beginning; several with commas. (default: the only head)",
            valueName: "target"
        ),
        completion: .revisions(and: "head", "base"),
        transform: { try DraftOptions.names($0).map(RevisionTarget.argument) }
    )
    var head: [RevisionTarget]?

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            "A revision or label that has to be applied before; may be repeated.",
            valueName: "target"
        ),
        completion: .revisions()
    )
    var dependsOn: [String] = []

    @OptionGroup(title: "New revision") var draft: DraftOptions
    @OptionGroup(title: "Files") var files: FileOptions

    func run() throws {
        var request = draft.request
        request.parents = head
        request.dependencies = dependsOn.flatMap(DraftOptions.names)
        try writeRevision(request, draft, files)
    }
}
