/// The files of one or more directories, read once: what a history is made of, and what a new revision is added to.
struct SourceFiles: Sendable {
    let directories: [String]
    let files: [SourceFile]

    /// - Throws: `ScriptError.missingDirectory` or `.unreadable`.
    static func read(from directories: [String], withChecksums: Bool = false) throws(ScriptError)
        -> SourceFiles
    {
        var files: [SourceFile] = []
        for directory in directories {
            files += try Directory(directory).sqlFiles(withChecksums: withChecksums)
        }
        return SourceFiles(directories: directories, files: files)
    }

    /// The history that the files make, which may have no revision yet.
    ///
    /// - Throws: `ScriptError` for files that contradict each other.
    func history() throws(ScriptError) -> MigrationSet {
        try MigrationSet(Layout(files))
    }

    /// The same with more files, as if they had been read.
    func adding(_ more: [SourceFile]) -> SourceFiles {
        SourceFiles(directories: directories, files: files + more)
    }
}
