import Ledgers
package import Revisions
import Scripts

extension Migrator {
    /// Accepts edited files of applied revisions as they are now, and records who did.
    ///
    /// - Parameter revisions: Those to accept; all edited ones when empty.
    /// - Throws: `Failure`.
    package func repair(_ revisions: [RevisionTarget]) throws(Failure) {
        try withHistory { (lock, migrations, contents) throws(Failure) in
            let chosen = try resolve(revisions, migrations, contents)
            let edited = integrityFindings(of: migrations, against: contents).compactMap(\.editedRevision)
            let repaired = edited.filter { revisions.isEmpty || chosen.contains($0) }
            let records = repaired.compactMap { migrations[$0] }.map { LedgerRecord($0, .up, settings) }
            if !records.isEmpty {
                let statements = lock.ledger.statements.repaired(records)
                try rewrite(statements, as: "repaired", to: contents.heads(in: migrations.graph), under: lock)
            }
            tell(.repaired(repaired))
        }
    }

    private func resolve(
        _ targets: [RevisionTarget],
        _ migrations: MigrationSet,
        _ contents: LedgerContents
    ) throws(Failure) -> [Revision.ID] {
        do throws(RevisionError) {
            var found: [Revision.ID] = []
            for target in targets {
                found += try migrations.graph.resolve(target, applied: contents.applied)
            }
            return found
        } catch {
            throw .target(error)
        }
    }
}

extension IntegrityFinding {
    fileprivate var editedRevision: Revision.ID? {
        if case .edited(let id, _) = self { id } else { nil }
    }
}
