import Engine
import Revisions
import Scripts

/// Writes a new revision, and does with its files what the options ask for: what `revision` and `merge` share.
func writeRevision(_ request: RevisionRequest, _ options: DraftOptions, _ files: FileOptions) throws {
    let flags = files.flags.merging(options.flags) { $1 }
    try writing(flags) { configuration throws(WritingFailure) in
        let hooks = try setting { () throws(SettingError) in try PostWriteHook.all(configuration) }
        let editor = try setting { () throws(SettingError) in options.edit ? try Editor(configuration) : nil }
        let draft = try drafting { () throws(DraftError) in
            let draft = try RevisionDraft(request, configuration)
            try draft.write()
            return draft
        }
        show(draft, options.format)
        for hook in hooks { try hook.run(on: draft.paths) }
        try editor?.open(draft.paths)
        try checkPlace(of: draft.revision, in: try checkAgain([draft.revision.id], configuration))
    }
}

extension RevisionDraft {
    fileprivate init(_ request: RevisionRequest, _ configuration: Configuration) throws(DraftError) {
        var request = request
        if let path = configuration.text("template") { request.template = try Template.read(path) }
        try self.init(request, in: configuration.migrationDirectories)
    }
}

/// Runs `body` with the settings; says what went wrong, and ends with its code.
func writing(
    _ flags: [String: String?],
    _ body: (Configuration) throws(WritingFailure) -> Void
) throws {
    try withSettings { () throws(SettingError) in
        let configuration = try Configuration.current(flags: [flags], readsDotEnv: true)
        do throws(WritingFailure) {
            try body(configuration)
            return .ok
        } catch {
            remark(error.description)
            return error.exitCode
        }
    }
}

/// Whether the file is still the revision that it was written as: a formatter may take comments for nothing.
private func checkPlace(of revision: Revision, in history: MigrationSet) throws(WritingFailure) {
    guard history[revision.id]?.revision == revision else { throw .misplaced(revision) }
}

/// Reads everything again: a program has written, or somebody at the same time.
@discardableResult
func checkAgain(_ ids: [Revision.ID], _ configuration: Configuration) throws(WritingFailure) -> MigrationSet {
    do throws(ScriptError) {
        let history = try MigrationSet.read(from: configuration.migrationDirectories)
        for id in ids { try history[id]?.checkSyntax() }
        return history
    } catch {
        throw .broken(error)
    }
}

private func show(_ draft: RevisionDraft, _ format: ReadingFormat) {
    switch format {
    case .text: show(draft.paths)
    case .json: show([encoded(NewRevisionEntry(draft))])
    }
}

/// Its keys are those of the reading commands.
private struct NewRevisionEntry: Encodable {
    var revision: String
    var file: String
    /// The file of the way down, when it is one of its own.
    var down_file: String?
    var parents: [String]
    var dependencies: [String]
    var labels: [String]

    init(_ draft: RevisionDraft) {
        revision = draft.revision.id.rawValue
        file = draft.revision.file
        down_file = draft.paths.dropFirst().first
        parents = draft.revision.parents.map(\.rawValue)
        dependencies = draft.revision.dependencies
        labels = draft.revision.labels
    }
}
