package import Revisions

// A file that tells its own place: Apus's own kind, and that of an empty directory.
extension RevisionDraft {
    init(headed request: RevisionRequest, in sources: SourceFiles, _ history: MigrationSet) throws(DraftError)
    {
        let graph = history.graph
        let parents = try request.parents(in: graph)
        let id = try request.id(beside: graph)
        let labels = try request.labels(beside: graph, id)
        let dependencies = try request.dependencies(in: graph)
        let directory = try request.directory(in: sources, beside: parents.first.flatMap { history[$0] })
        let untitled = parents.count > 1 ? Message.merge(of: parents.map(\.rawValue)) : .untitled
        let message = request.message.flatMap(Message.init) ?? untitled
        let path = directory.file("\(id)_\(message.slug).sql")
        let text = (request.template ?? .builtIn).text([
            .message: message.lines(besideMarkers: true), .revision: [id.rawValue],
            .revises: parents.map(\.rawValue), .createDate: [request.time.description],
            .branchLabels: labels, .dependsOn: dependencies,
        ])
        let revision = Revision(
            id: id,
            parents: parents,
            dependencies: dependencies,
            labels: labels,
            file: path
        )
        self.init(revision, [SourceFile(path: path, bytes: Array(text.utf8))])
    }
}

extension RevisionRequest {
    /// The revisions to follow, checked to be heads or meant to be spliced.
    fileprivate func parents(in graph: RevisionGraph) throws(DraftError) -> [Revision.ID] {
        var parents: [Revision.ID] = []
        for target in self.parents ?? [.head] {
            // To be joined are all that `apus heads` lists, also one that another depends on.
            let ids = isMerge && target == .heads ? graph.heads : try graph.named(by: target)
            for id in ids where !parents.contains(id) { parents.append(id) }
        }
        if isMerge, parents.count < 2 { throw .nothingToMerge(parents, heads: graph.heads) }
        for id in parents where !isSplice && !graph.children(of: id).isEmpty {
            throw .notAHead(id, followers: graph.children(of: id))
        }
        for id in parents {
            if let upper = parents.first(where: { $0 != id && graph.isBelow(id, $0) }) {
                throw .overlapping(id, upper: upper)
            }
        }
        return parents
    }

    fileprivate func id(beside graph: RevisionGraph) throws(DraftError) -> Revision.ID {
        guard let id else {
            var generator = SystemRandomNumberGenerator()
            let names = graph.revisions.flatMap { [$0.id.rawValue] + $0.labels }
            return .random(beside: names, using: &generator)
        }
        let chosen = try Revision.ID(chosen: id)
        if let holder = graph.holder(of: id) { throw .taken(id, file: holder.file) }
        return chosen
    }

    fileprivate func labels(beside graph: RevisionGraph, _ id: Revision.ID) throws(DraftError) -> [String] {
        var labels: [String] = []
        for label in self.labels where !labels.contains(label) {
            labels.append(try checkedLabel(label))
            if let holder = graph.holder(of: label) { throw .taken(label, file: holder.file) }
            if label == id.rawValue { throw .unusableName(label, as: .label) }
        }
        return labels
    }

    /// A label stays a label, as in Alembic; the beginning of an ID becomes the ID.
    fileprivate func dependencies(in graph: RevisionGraph) throws(DraftError) -> [String] {
        var found: [String] = []
        for name in dependencies {
            let isLabel = graph.revisions.contains { $0.labels.contains(name) }
            let ids = isLabel ? [] : try graph.named(by: RevisionTarget(draft: name)).map(\.rawValue)
            guard isLabel || !ids.isEmpty else { throw .target(.unknownTarget(name)) }
            for name in isLabel ? [name] : ids where !found.contains(name) { found.append(name) }
        }
        return found
    }
}

extension RevisionRequest {
    /// The directory that is named, else that of the revision before, else the first.
    func directory(in sources: SourceFiles, beside parent: Migration?) throws(DraftError) -> Directory {
        let directories = sources.directories.map { Directory($0) }
        if let directory {
            guard let found = directories.first(where: { $0.isSame(as: Directory(directory)) }) else {
                throw .unknownDirectory(directory, among: sources.directories)
            }
            return found
        }
        let own = directories.first { $0.file(parent?.up.name.text ?? "") == parent?.up.path }
        return own ?? directories[0]
    }
}

extension RevisionGraph {
    /// The revisions that a target names without a look into a database; none is base.
    ///
    /// - Throws: `DraftError.needsDatabase`, `.severalHeads`, or `.target`.
    package func named(by target: RevisionTarget) throws(DraftError) -> [Revision.ID] {
        if target.needsApplied { throw .needsDatabase(target) }
        do throws(RevisionError) {
            return try resolve(target)
        } catch {
            if case .severalHeads(let heads) = error { throw .severalHeads(heads) }
            throw .target(error)
        }
    }

    /// The revision that has this ID or label.
    fileprivate func holder(of name: String) -> Revision? {
        self[Revision.ID(rawValue: name)] ?? revisions.first { $0.labels.contains(name) }
    }
}

extension RevisionTarget {
    /// - Throws: `DraftError.target`.
    fileprivate init(draft text: String) throws(DraftError) {
        do throws(RevisionError) {
            try self.init(parsing: text)
        } catch {
            throw .target(error)
        }
    }
}
