/// What can be wrong with a set of revisions, or with a target in it.
package enum RevisionError: Error, Hashable, Sendable {
    case duplicate(Revision.ID, files: [String])
    case missingParent(Revision.ID, of: Revision.ID, file: String)
    case missingDependency(String, of: Revision.ID, file: String)
    case cycle([Revision.ID], files: [String])
    case duplicateLabel(String, files: [String])
    case illegalCharacter(Character, in: String, file: String)
    /// An ID or label that means something else wherever it is written.
    case word(String, file: String)
    case malformedTarget(String)
    case malformedRange(String)
    case unknownTarget(String)
    case unknownBranch(String)
    case ambiguousTarget(String, matches: [Revision.ID])
    case notOnBranch(Revision.ID, branch: String)
    case severalHeads([Revision.ID])
    /// Several revisions are current where the count has to begin at one.
    case severalCurrent([Revision.ID], target: String)
    case tooFewSteps(target: String, available: Int)
    /// A count the wrong way: an upgrade down from here, a downgrade up.
    case wrongDirection(target: String)
    case ambiguousWalk(from: Revision.ID?, next: [Revision.ID])
    /// A downgrade to what is not applied, or has nothing applied above it.
    case notBelowCurrent(target: String, current: [Revision.ID])
    case notAnAncestor(start: String, end: String)
    /// The database has a revision, and no file does.
    case notInFiles(Revision.ID)
}

extension RevisionError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .duplicate, .missingParent, .missingDependency, .cycle, .duplicateLabel, .illegalCharacter,
            .word:
            wordingOfFiles
        case .malformedTarget(let target):
            "\"\(target)\" is not a target. Write head, heads, base, a revision, the beginning of one, a label, "
                + "label@head, or a count of steps: +N, -N, rev+N, rev-N."
        case .malformedRange(let range):
            "\"\(range)\" is not a range. Write from:to; either side may be left out."
        case .unknownTarget(let target):
            "no revision \"\(target)\". `apus history` lists the ones there are."
        case .unknownBranch(let branch):
            "no branch \"\(branch)\": it is neither a label nor a revision. `apus heads` lists the labels."
        case .ambiguousTarget(let target, let matches):
            "\"\(target)\" may be any of \(list(matches.prefix(10)))"
                + (matches.count > 10 ? " and \(matches.count - 10) more" : "") + ". Write more of it."
        case .notOnBranch(let id, let branch):
            "revision \(id) is not on branch \"\(branch)\"."
        case .severalHeads(let ids):
            "there are several heads: \(list(ids)). Name one, or write \"heads\" for all, or merge them."
        default: wordingOfWalks
        }
    }

    private var wordingOfWalks: String {
        switch self {
        case .severalCurrent(let ids, let target):
            "\"\(target)\" has to count from one revision, and several are current: \(list(ids)). "
                + "Write label@\(target), or name a revision."
        case .tooFewSteps(let target, let available):
            "\"\(target)\" goes too far: only \(available) step(s) are there."
        case .wrongDirection(let target):
            "\"\(target)\" leads the other way: `upgrade` takes +N, `downgrade` takes -N, and `stamp` counts from a name: head-1."
        case .ambiguousWalk(let id, let next):
            "from \(id?.rawValue ?? "base") there is more than one way: \(list(next)). Name the one you mean."
        case .notBelowCurrent(let target, let current):
            current.isEmpty
                ? "nothing is applied, so there is no way down to \"\(target)\"."
                : "there is no way down to \"\(target)\" from what is applied: \(list(current))."
        case .notAnAncestor(let start, let end):
            "there is no way from \(start) up to \(end): a range ends above its start, on the same branch."
        case .notInFiles(let id):
            "the database has revision \(id), and no file does. Use the files it was applied from, or stamp with --purge."
        default: ""
        }
    }

    private var wordingOfFiles: String {
        switch self {
        case .duplicate(let id, let files):
            "revision \(id) stands in two files: \(list(files)). Give one of them another revision ID."
        case .missingParent(let parent, let id, let file):
            "\(file): revision \(id) revises \(parent), and no file has that revision. "
                + "Add the missing file, or correct the line \"Revises:\"."
        case .missingDependency(let name, let id, let file):
            "\(file): revision \(id) depends on \(name), and no revision has that ID or label."
        case .cycle(let ids, let files):
            "revisions follow each other in a circle: \(list(ids)) (\(list(files))). Correct one line \"Revises:\"."
        case .duplicateLabel(let label, let files):
            "the branch label \(label) is used twice, or is also a revision ID: \(list(files)). Rename one of them."
        case .illegalCharacter(let character, let id, let file):
            "\(file): the revision ID \"\(id)\" contains \"\(character)\"; the characters @ - + : and blanks have "
                + "a meaning in targets and cannot stand in it."
        case .word(let name, let file):
            "\(file): nothing can be called \"\(name)\": in targets and headers the word has a meaning of its own. "
                + "Give the revision or label another name."
        default: ""
        }
    }

    private func list(_ items: some Sequence<some CustomStringConvertible>) -> String {
        items.map(\.description).joined(separator: ", ")
    }
}
