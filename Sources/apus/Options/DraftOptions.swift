import ArgumentParser
import Scripts

/// How a new revision is written.
struct DraftOptions: ParsableArguments {
    @Option(
        name: .shortAndLong,
        parsing: .unconditional,
        help: ArgumentHelp("What it does: its title, and the words of its file name.", valueName: "text")
    )
    var message: String?

    @Option(
        name: .customLong("rev-id"),
        help: ArgumentHelp("Its ID. (default: a new one)", valueName: "id")
    )
    var revisionID: String?

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("A name for the branch that begins there; may be repeated.", valueName: "label")
    )
    var branchLabel: [String] = []

    @Flag(help: "Allow it to follow a revision that others follow already.")
    var splice = false

    @Option(
        help: ArgumentHelp(
            "Which directory its file goes to. (default: that of the revision before)",
            valueName: "dir"
        ),
        completion: .directory
    )
    var versionPath: String?

    @Option(
        help: ArgumentHelp(
            "The text it begins with, with placeholders. (default: built in)",
            valueName: "file"
        ),
        completion: .file()
    )
    var template: String?

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            "A program to run with the new file, without a shell; may be repeated.",
            valueName: "argv"
        )
    )
    var postWrite: [String] = []

    @Flag(help: "Open it in an editor.")
    var edit = false

    @Option(help: "text or json.")
    var format: ReadingFormat = .text

    var flags: [String: String?] {
        ["template": template, "post-write": postWrite.isEmpty ? nil : postWrite.joined(separator: "\n")]
    }

    /// What is asked for, but for what it follows.
    var request: RevisionRequest {
        var request = RevisionRequest()
        request.message = message
        request.id = revisionID
        request.labels = branchLabel.flatMap(Self.names)
        request.isSplice = splice
        request.directory = versionPath
        return request
    }

    /// The names between commas or blanks. An empty text, perhaps of a variable that is not set, is a wrong name, not none.
    static func names(_ text: String) -> [String] {
        let names = text.split { $0 == "," || $0 == " " }.map(String.init)
        return names.isEmpty ? [text] : names
    }
}
