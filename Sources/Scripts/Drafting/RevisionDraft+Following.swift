import Revisions

// A file that follows by its name: the kinds of dbmate and of numbered files.
extension RevisionDraft {
    init(following request: RevisionRequest, in sources: SourceFiles, _ history: MigrationSet)
        throws(DraftError)
    {
        try request.checkLinear(history)
        guard let last = history.graph.revisions.last.flatMap({ history[$0.id] }) else {
            throw .scripts(.noMigrations(sources.directories, ignored: history.ignored))
        }
        let chosen = try request.id.map { id throws(DraftError) in try Revision.ID(chosen: id) }
        let message = request.message.flatMap(Message.init) ?? .untitled
        let name = NextFileName(
            after: last.up.name,
            prefix: chosen?.rawValue,
            slug: message.slug,
            at: request.time
        )
        guard let name else { throw .withoutNumber(file: last.up.path) }
        let directory = try request.directory(in: sources, beside: last)
        let hasMarkers = history.graph.revisions.contains { history[$0.id]?.up.hasMarker == true }
        let isPair = last.up.name.text.hasSuffix(".up.sql")
        let id = chosen ?? Revision.ID(rawValue: name.revision)
        let values: [Template.Placeholder: [String]] = [
            .message: message.lines(besideMarkers: hasMarkers), .revision: [id.rawValue],
            .revises: [last.revision.id.rawValue], .createDate: [request.time.description],
        ]
        let up = request.template ?? (hasMarkers ? .sections : .plain)
        let endings = isPair ? [".up.sql", ".down.sql"] : [".sql"]
        let texts = [up.text(values), Template.plain.text(values)]
        let files = zip(endings, texts).map {
            SourceFile(path: directory.file(name.stem + $0), bytes: Array($1.utf8))
        }
        self.init(Revision(id: id, parents: [last.revision.id], file: files[0].path), files)
    }
}

extension RevisionRequest {
    /// A history of names has one line, and no place for more.
    fileprivate func checkLinear(_ history: MigrationSet) throws(DraftError) {
        if isMerge { throw .nothingToMerge(history.graph.heads, heads: history.graph.heads) }
        let options = [
            ("--head", parents != nil), ("--splice", isSplice), ("--branch-label", !labels.isEmpty),
            ("--depends-on", !dependencies.isEmpty),
        ]
        if let option = options.first(where: \.1) {
            throw .withoutHeaders(option: option.0, file: history.graph.revisions[0].file)
        }
    }
}
