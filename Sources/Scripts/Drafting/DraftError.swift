import Glibc
package import Revisions

/// Why a new revision cannot be written as it is asked for.
package enum DraftError: Error {
    /// What a name is to be used for.
    package enum Use: String, Sendable { case id = "revision ID", label = "branch label" }

    case scripts(ScriptError)
    case target(RevisionError)
    /// A target that depends on what is applied.
    case needsDatabase(RevisionTarget)
    case severalHeads([Revision.ID])
    case notAHead(Revision.ID, followers: [Revision.ID])
    case overlapping(Revision.ID, upper: Revision.ID)
    case nothingToMerge([Revision.ID], heads: [Revision.ID])
    /// The ID or label of another revision.
    case taken(String, file: String)
    case unusableName(String, as: Use)
    /// An option that needs headers, in a directory without them.
    case withoutHeaders(option: String, file: String)
    case withoutNumber(file: String)
    case unknownDirectory(String, among: [String])
    case unknownPlaceholder(String, place: String)
    case unfit(Revision, RevisionDraft.Misfit, template: String?)
    case alreadyThere(String)
    case unwritable(String, errno: Int32)

    /// Where the fault lies.
    package enum Fault: Sendable { case request, file, system }

    package var fault: Fault {
        switch self {
        case .scripts, .unknownPlaceholder: .file
        case .unfit(_, _, let template): template == nil ? .request : .file
        case .alreadyThere, .unwritable: .system
        default: .request
        }
    }
}

extension DraftError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .scripts(let error): error.description
        case .target(let error): error.description
        case .needsDatabase(let target):
            "\"\(target)\" depends on what is applied, and no database is asked here. Name a revision, head or label@head."
        case .severalHeads(let ids):
            "there are several heads: \(list(ids)). Name one with --head, or join them first: "
                + "apus merge \(ids.map(\.rawValue).joined(separator: " "))"
        case .notAHead(let id, let followers):
            "revision \(id) is no head: \(list(followers)) follows it. With --splice a branch begins there."
        case .overlapping(let id, let upper):
            "revision \(id) stands below \(upper) anyway. Name \(upper) alone."
        case .nothingToMerge(let named, let heads): Self.nothingToMerge(named, heads)
        case .taken, .unusableName, .withoutHeaders, .withoutNumber, .unknownDirectory: wordingOfNames
        default: wordingOfFiles
        }
    }

    private var wordingOfNames: String {
        switch self {
        case .taken(let name, let file):
            "\"\(name)\" is the ID or a label of the revision in \(file) already. Choose another one."
        case .unusableName(let name, let use):
            "\"\(name)\" cannot be a \(use.rawValue): it is made of letters, digits, \"_\" and \".\""
                + (use == .id ? ", 32 at most" : "") + ", and is no word such as head or base."
        case .withoutHeaders(let option, let file):
            "\(option) has no place here: \(file) has no header, so files follow each other by their names. "
                + "Leave the option out, or give the files the lines \"-- Revision ID:\" and \"-- Revises:\"."
        case .withoutNumber(let file):
            "\(file) has neither a header nor a number to count on from. Name the revision with --rev-id, "
                + "such that its file comes after that one."
        case .unknownDirectory(let path, let known):
            "\(path) is none of the directories with migrations: \(known.joined(separator: ", ")). "
                + "Name it with --migrations as well."
        default: ""
        }
    }

    private var wordingOfFiles: String {
        switch self {
        case .unknownPlaceholder(let name, let place):
            "\(place): there is no placeholder ${\(name)}. There are "
                + Template.Placeholder.allCases.map { "${\($0.rawValue)}" }.joined(separator: ", ") + "."
        case .unfit(let revision, let misfit, let template):
            "\(revision.file) was not written: " + Self.words(for: misfit, revision)
                + (template.map { " Correct the template \($0)." } ?? " Choose another name with --rev-id.")
        case .alreadyThere(let path): "\(path) is there already, and was left as it is."
        case .unwritable(let path, let number):
            unsafe "\(path) cannot be written: \(String(cString: strerror(number))). Apus runs as user \(getuid())."
        default: ""
        }
    }

    private static func nothingToMerge(_ named: [Revision.ID], _ heads: [Revision.ID]) -> String {
        switch (named.count, heads.count) {
        case (_, 0): "there is nothing to merge: there is no revision yet."
        case (_, 1): "there is nothing to merge: \(heads[0]) is the only head."
        default:
            "a merge takes several revisions, not only \(named.first?.rawValue ?? "base"). The heads are \(list(heads))."
        }
    }

    private static func words(for misfit: RevisionDraft.Misfit, _ revision: Revision) -> String {
        switch misfit {
        case .unreadable(let error): "\(error)"
        case .misplaced:
            "it would not be read as revision \(revision.id) after "
                + (revision.parents.isEmpty ? "base" : list(revision.parents)) + "."
        case .headed: "it has a header, and the other files have none."
        }
    }

    private func list(_ ids: [Revision.ID]) -> String { Self.list(ids) }

    private static func list(_ ids: [Revision.ID]) -> String {
        ids.map(\.rawValue).joined(separator: ", ")
    }
}
