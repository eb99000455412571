import Engine
import Ledgers
import Revisions
import SQLText
import Scripts

/// Every revision of the files with what is shown of it. What needs the whole graph is found once.
struct Catalog {
    let migrations: MigrationSet
    /// nil when the database was not asked.
    private let inspection: Inspection?
    private let applied: Set<Revision.ID>
    private let current: Set<Revision.ID>
    private let times: [Revision.ID: String]
    private let labels: [Revision.ID: [String]]
    private let effectiveHeads: Set<Revision.ID>

    /// From the files alone.
    init(_ migrations: MigrationSet) {
        self.init(migrations, nil)
    }

    /// From the files and what the database says of them.
    init(_ inspection: Inspection) {
        self.init(inspection.migrations, inspection)
    }

    private init(_ migrations: MigrationSet, _ inspection: Inspection?) {
        self.migrations = migrations
        self.inspection = inspection
        applied = inspection?.applied ?? []
        current = Set(inspection?.current ?? [])
        times = Dictionary(
            (inspection?.entries ?? []).filter { $0.isApplied && !$0.appliedAt.isEmpty }
                .map { ($0.revision, $0.appliedAt) }
        ) { first, _ in first }
        labels = migrations.graph.spreadLabels()
        effectiveHeads = Set(migrations.graph.effectiveHeads)
    }

    /// The revisions of a range, newest first.
    ///
    /// - Throws: `Failure.target`.
    func history(_ range: RevisionRange) throws(Failure) -> [Revision.ID] {
        do throws(RevisionError) {
            return try migrations.graph.history(range, applied: applied)
        } catch {
            throw .target(error)
        }
    }

    /// The revisions that a target means.
    ///
    /// - Throws: `Failure.target`.
    func resolve(_ target: RevisionTarget) throws(Failure) -> [Revision.ID] {
        do throws(RevisionError) {
            return try migrations.graph.resolve(target, applied: applied)
        } catch {
            throw .target(error)
        }
    }

    func entries(_ ids: [Revision.ID], withComments: Bool = false) -> [RevisionEntry] {
        ids.compactMap { id in
            guard let migration = migrations[id] else { return nil }
            var entry = entry(migration)
            if withComments { entry.comment = migration.comment }
            return entry
        }
    }

    /// Everything that the files say of a revision.
    ///
    /// - Throws: `Failure.scripts` when its file cannot be read as SQL.
    func detailedEntry(_ migration: Migration) throws(Failure) -> RevisionEntry {
        var entry = entry(migration)
        entry.comment = migration.comment
        do throws(ScriptError) {
            let script = try migration.readScript()
            entry.way_back = migration.down != nil || script.sections.contains { $0.direction == .down }
            entry.transaction = script.transaction
        } catch {
            throw .scripts(error)
        }
        return entry
    }

    private func entry(_ migration: Migration) -> RevisionEntry {
        let revision = migration.revision
        let id = revision.id
        let children = migrations.graph.children(of: id)
        return RevisionEntry(
            revision: id.rawValue,
            description: migration.title,
            file: migration.up.path,
            parents: revision.parents.map(\.rawValue),
            dependencies: revision.dependencies,
            labels: labels[id] ?? [],
            children: children.map(\.rawValue),
            head: children.isEmpty,
            depended_on: children.isEmpty && !effectiveHeads.contains(id),
            branch_point: children.count > 1,
            merge_point: revision.parents.count > 1,
            current: inspection.map { _ in current.contains(id) },
            applied: inspection.map { _ in applied.contains(id) },
            applied_at: times[id]
        )
    }
}

extension Migration {
    /// Whichever database it is written for: nobody has been asked which one that is.
    fileprivate func readScript() throws(ScriptError) -> Script {
        do throws(ScriptError) {
            return try script()
        } catch {
            guard let script = try? script(in: .sqlite) else { throw error }
            return script
        }
    }
}

extension Script {
    /// Whether the way up runs in a transaction, as far as its markers tell.
    fileprivate var transaction: String {
        let wishes = sections.filter { $0.direction == .up }.map { $0.options.transaction ?? hasMarkers }
        guard hasMarkers else { return "when its statements can run in one" }
        if wishes.allSatisfy({ $0 }) { return "yes" }
        return wishes.contains(true) ? "for some of its sections" : "no, statement by statement"
    }
}
