package import Ledgers
package import Revisions
package import Scripts

/// One way in which the files and the database contradict each other.
package enum IntegrityFinding: Sendable, Hashable {
    case edited(Revision.ID, file: String)
    case missing(Revision.ID)
    /// Applied under an ID that these files may have had, until another one came or a header was written.
    case renamed(Revision.ID, files: [String])
    case outOfOrder(Revision.ID, file: String)
    case ahead(Revision.ID)
    /// In a ledger of heads: what stands below this one is not known either.
    case unknownHead(Revision.ID)
}

extension IntegrityFinding: CustomStringConvertible {
    package var description: String {
        switch self {
        case .edited(let id, let file):
            "\(file) was edited after revision \(id) was applied. Restore it, accept it with apus repair, or allow it with "
                + "--on-edited warn."
        case .missing(let id):
            "revision \(id) is applied, and its file is gone. Restore it, or allow it with --on-missing warn."
        case .renamed(let id, let files):
            "revision \(id) is applied, and no file has that ID any more. It may have been \(files.joined(separator: " or ")): "
                + "when two files begin with the same number, give the newer one a number of its own; "
                + "when a header was added, take it out again."
        case .outOfOrder(let id, let file):
            "\(file): revision \(id) is pending below applied ones: it came late. "
                + "Give it a later place, or allow it with --on-out-of-order warn."
        case .ahead(let id):
            "revision \(id) is applied and newer than every file here: the database is ahead of this image. "
                + "Deploy the newer image, or allow it with --on-ahead ok."
        case .unknownHead(let id):
            "the version table says that revision \(id) is applied, which no file here has: the database is ahead of this "
                + "image, or it belongs to other files. Deploy the newer image, or name the right directory."
        }
    }
}

/// Compares the files with the ledger. Pure: nothing is read here.
///
/// An unknown revision that was applied after all known ones makes the database *ahead*; any other one is *missing*.
package func integrityFindings(of migrations: MigrationSet, against contents: LedgerContents)
    -> [IntegrityFinding]
{
    let entries = contents.entries
    guard contents.isJournal else {
        return entries.map(\.revision).filter { !migrations.graph.contains($0) }.map { .unknownHead($0) }
    }
    var findings: [IntegrityFinding] = []
    let lastKnown = entries.lastIndex { migrations.graph.contains($0.revision) } ?? -1
    for (position, entry) in entries.enumerated() where entry.isApplied {
        guard let file = migrations.file(of: entry.revision) else {
            let files = migrations.files(oncePerhaps: entry.revision)
            guard files.isEmpty else {
                findings.append(.renamed(entry.revision, files: files))
                continue
            }
            findings.append(
                position > lastKnown && lastKnown >= 0 ? .ahead(entry.revision) : .missing(entry.revision)
            )
            continue
        }
        if file.checksum != entry.checksum { findings.append(.edited(entry.revision, file: file.path)) }
    }
    // Nothing is late where all is applied.
    if findings.isEmpty, contents.applied.count == migrations.graph.revisions.count { return [] }
    let late = migrations.graph.outOfOrder(applied: contents.revertible)
    return findings + late.map { .outOfOrder($0, file: migrations.file(of: $0)?.path ?? "") }
}

extension Settings {
    /// What is to be done about a finding.
    package func policy(for finding: IntegrityFinding) -> Policy {
        switch finding {
        case .edited: onEdited
        case .missing: onMissing
        case .outOfOrder: onOutOfOrder
        case .ahead: onAhead
        case .unknownHead, .renamed: .fail
        }
    }
}
