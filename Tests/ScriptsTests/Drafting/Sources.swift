import Revisions

@testable import Scripts

/// Files as if they had been read: by name, with their texts.
func sources(_ files: KeyValuePairs<String, String> = [:], in directories: [String] = ["m"]) -> SourceFiles {
    let files = files.map { name, text in
        SourceFile(path: name.contains("/") ? name : "m/\(name)", bytes: Array(text.utf8))
    }
    return SourceFiles(directories: directories, files: files)
}

/// A file with a header.
func headed(_ id: String, revises: String = "", _ more: String = "") -> String {
    "-- Revision ID: \(id)\n-- Revises: \(revises)\n\(more)\n-- migrate:up\n"
}

/// What becomes of a request among these files.
func draft(
    _ message: String? = "Add users",
    in sources: SourceFiles,
    at seconds: Int = 1_795_230_000,
    _ change: (inout RevisionRequest) throws -> Void = { _ in }
) throws -> RevisionDraft {
    var request = RevisionRequest()
    request.message = message
    request.time = CreationTime(seconds: seconds)
    try change(&request)
    return try RevisionDraft(request, in: sources, sources.history())
}

extension RevisionDraft {
    /// The names of its files.
    var names: [String] { files.map(\.name.text) }

    /// The text of its first file.
    var text: String { String(decoding: files[0].bytes, as: UTF8.self) }
}
