import Foundation
import TestSupport
import Testing

/// A folder to work in, as a developer does: for commands that need no server.
final class Project {
    let folder = Folder()
    private var runs = 0

    init(_ files: [String: String] = [:]) throws {
        for (name, text) in files { try folder.write(text, to: name) }
    }

    /// Runs a command in the folder to its end. Nothing of the tests' own environment reaches it but PATH.
    ///
    /// - Parameter wrapper: A program that starts ours, with its arguments.
    @discardableResult
    func apus(
        _ arguments: String...,
        through wrapper: [String] = [],
        environment changes: [String: String] = [:],
        endingWith code: Int32? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Ended {
        try await apus(
            arguments,
            through: wrapper,
            environment: changes,
            endingWith: code,
            sourceLocation: sourceLocation
        )
    }

    @discardableResult
    func apus(
        _ arguments: [String],
        through wrapper: [String] = [],
        environment changes: [String: String] = [:],
        endingWith code: Int32? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Ended {
        runs += 1
        var variables = ["PATH": environment("PATH"), "LD_LIBRARY_PATH": environment("LD_LIBRARY_PATH")]
        variables.merge(changes) { $1 }
        let program = try Program(
            ["/usr/bin/env", "--chdir=\(folder.path)"] + wrapper + [Trial.program] + arguments,
            environment: variables.compactMapValues { $0 },
            output: "\(folder.path)/.run-\(runs)"
        )
        return try await Started(program: program).end(endingWith: code, sourceLocation: sourceLocation)
    }

    /// The names of the migrations.
    var migrations: [String] { folder.names(in: "migrations") }

    /// Makes an executable script, and gives its path.
    func script(_ text: String, named name: String = "script") throws -> String {
        try folder.write("#!/bin/sh\n\(text)\n", to: name, mode: 0o755)
    }

    /// The history as `apus history` reads it from the files: every revision after what it needs.
    func history() async throws -> [String] {
        let ended = try await apus("history", "--format", "json", endingWith: 0)
        let document = try JSONDecoder().decode(Document.self, from: Data(ended.output.utf8))
        return document.revisions.reversed().map(\.revision)
    }

    private struct Document: Decodable {
        struct Entry: Decodable { var revision: String }
        var revisions: [Entry]
    }
}

extension Ended {
    /// The paths it printed.
    var paths: [String] { output.split(separator: "\n").map(String.init) }
}
