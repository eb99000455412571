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
        )
    )
    var head: String?

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            "A revision or label that has to be applied before; may be repeated.",
            valueName: "target"
        )
    )
    var dependsOn: [String] = []

    @OptionGroup(title: "New revision") var draft: DraftOptions
    @OptionGroup(title: "Files") var files: FileOptions

    private var heads: [RevisionTarget]? {
        get throws { try head.map { try targets(names($0)) } }
    }

    func validate() throws { _ = try heads }

    func run() throws {
        var request = draft.request
        request.parents = try heads
        request.dependencies = dependsOn.flatMap(names)
        try writeRevision(request, draft, files)
    }
}

/// - Throws: `ValidationError`, also for none at all.
func targets(_ texts: [String]) throws -> [RevisionTarget] {
    guard !texts.isEmpty else { throw ValidationError("an empty text names no revision.") }
    do throws(RevisionError) {
        var targets: [RevisionTarget] = []
        for text in texts { targets.append(try RevisionTarget(parsing: text)) }
        return targets
    } catch {
        throw ValidationError(error.description)
    }
}
