/// What can be wrong with a set of revisions, or with a target in it.
package enum RevisionError: Error, Hashable, Sendable {
    case duplicate(Revision.ID, files: [String])
    case missingParent(Revision.ID, of: Revision.ID, file: String)
    case missingDependency(String, of: Revision.ID, file: String)
    case cycle([Revision.ID], files: [String])
    case duplicateLabel(String, files: [String])
    case illegalCharacter(Character, in: String, file: String)
    case unknownTarget(String)
    case ambiguousTarget(String, matches: [Revision.ID])
    case severalHeads([Revision.ID])
    case tooFewSteps(target: String, available: Int)
    case ambiguousWalk(from: Revision.ID?, next: [Revision.ID])
    case malformedTarget(String)
}

extension RevisionError: CustomStringConvertible {
    package var description: String {
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
        case .unknownTarget(let target):
            "no revision \"\(target)\". `apus status` lists the ones there are."
        case .ambiguousTarget(let target, let matches):
            "\"\(target)\" may be any of \(list(matches)). Write more of it."
        case .severalHeads(let ids):
            "there are several heads: \(list(ids)). Name one, or write \"heads\" for all, or merge them."
        case .tooFewSteps(let target, let available):
            "\"\(target)\" goes too far: only \(available) step(s) are there."
        case .ambiguousWalk(let id, let next):
            "from \(id?.rawValue ?? "base") there is more than one way: \(list(next)). Name the one you mean."
        case .malformedTarget(let target):
            "\"\(target)\" is not a target. Write head, heads, a revision, the beginning of one, label@head or +N."
        }
    }

    private func list(_ items: [some CustomStringConvertible]) -> String {
        items.map(\.description).joined(separator: ", ")
    }
}
