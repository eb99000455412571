package import Revisions

/// All migrations of one or more directories, and the history they make.
package struct MigrationSet: Sendable {
    package let graph: RevisionGraph
    /// Files with the ending .sql that were not taken for a migration.
    package let ignored: [String]
    /// In the order of the graph's revisions.
    private let files: [(up: SourceFile, down: SourceFile?)]

    /// - Throws: `ScriptError.graph`.
    init(_ layout: Layout) throws(ScriptError) {
        do throws(RevisionError) {
            graph = try RevisionGraph(layout.revisions)
        } catch {
            throw .graph(error)
        }
        ignored = layout.ignored
        files = layout.files
    }

    /// The migration of that revision, or nil.
    package subscript(id: Revision.ID) -> Migration? {
        graph.position(of: id).map { Migration(graph.revisions[$0], up: files[$0].up, down: files[$0].down) }
    }

    /// The file with the way up of that revision, or nil.
    package func file(of id: Revision.ID) -> SourceFile? { graph.position(of: id).map { files[$0].up } }

    /// The files whose names fit an ID that no revision has: by their number, as long as no second file had it, or by the whole
    /// name.
    package func files(oncePerhaps id: Revision.ID) -> [String] {
        files.map(\.up).filter { [$0.name.revision, $0.name.uniqueRevision].contains(id.rawValue) }.map(
            \.path
        )
    }

    /// Reads every migration of the directories, in the order of their file names.
    ///
    /// - Parameter withChecksums: Whether all checksums are going to be asked for: then the threads that read make them.
    /// - Throws: `ScriptError`.
    package static func read(
        from directories: [String],
        withChecksums: Bool = false
    ) throws(ScriptError) -> MigrationSet {
        let history = try SourceFiles.read(from: directories, withChecksums: withChecksums).history()
        guard !history.graph.revisions.isEmpty else {
            throw .noMigrations(directories, ignored: history.ignored)
        }
        return history
    }
}
