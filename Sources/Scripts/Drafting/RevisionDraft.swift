package import Revisions
import SQLText

/// A new revision before it is written: its place in the history, and its files.
package struct RevisionDraft: Sendable {
    package let revision: Revision
    /// Its one file, or the one of the way up and then the one of the way down.
    package let files: [SourceFile]

    /// Plans the files and reads them back, beside all others, as the next run would: nothing is written yet.
    ///
    /// - Parameter directories: The ones with the migrations there are; they may be empty.
    /// - Throws: `DraftError` when it cannot be what is asked for.
    package init(_ request: RevisionRequest, in directories: [String]) throws(DraftError) {
        let sources: SourceFiles
        let history: MigrationSet
        do throws(ScriptError) {
            sources = try SourceFiles.read(from: directories)
            history = try sources.history()
        } catch {
            throw .scripts(error)
        }
        try self.init(request, in: sources, history)
    }

    init(_ request: RevisionRequest, in sources: SourceFiles, _ history: MigrationSet) throws(DraftError) {
        self =
            history.isLinear
            ? try RevisionDraft(following: request, in: sources, history)
            : try RevisionDraft(headed: request, in: sources, history)
        if let misfit = misfit(in: sources, history) {
            throw .unfit(revision, misfit, template: request.template?.path)
        }
    }

    init(_ revision: Revision, _ files: [SourceFile]) {
        self.revision = revision
        self.files = files
    }

    /// The paths of its files.
    package var paths: [String] { files.map(\.path) }
}

extension RevisionDraft {
    /// Why the file of a draft would not be read as the revision that it is to be.
    package enum Misfit: Sendable {
        case unreadable(ScriptError)
        /// It would have another ID, other parents, labels or dependencies, or change those of others.
        case misplaced
        /// It has a header and the others have none.
        case headed
    }

    private func misfit(in sources: SourceFiles, _ history: MigrationSet) -> Misfit? {
        do throws(ScriptError) {
            let grown = try sources.adding(files).history()
            guard let migration = grown[revision.id], migration.revision == revision,
                history.graph.revisions.allSatisfy({ grown.graph[$0.id] == $0 }),
                grown.ignored == history.ignored
            else { return .misplaced }
            if history.isLinear, migration.hasHeader { return .headed }
            try migration.checkSyntax()
            return nil
        } catch {
            return .unreadable(error)
        }
    }
}

extension MigrationSet {
    /// Whether the files follow each other by their names: no one tells its own place.
    var isLinear: Bool {
        let migrations = graph.revisions.compactMap { self[$0.id] }
        return !migrations.isEmpty && !migrations.contains(where: \.hasHeader)
    }
}

extension Migration {
    var hasHeader: Bool { up.header.isPresent }

    /// The paths of its files, that of the way up first.
    package var paths: [String] { [up.path] + (down.map { [$0.path] } ?? []) }

    /// Parses its files where nobody has said for which database they are: they have to be readable for one of them.
    ///
    /// - Throws: `ScriptError.text`.
    package func checkSyntax() throws(ScriptError) {
        for direction in down == nil ? [Direction.up] : [.up, .down] {
            do throws(ScriptError) {
                _ = try script(direction, in: .postgreSQL)
            } catch {
                guard (try? script(direction, in: .sqlite)) == nil else { continue }
                throw error
            }
        }
    }
}
