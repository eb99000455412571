import Foundation
import Glibc
import TestSupport
import Testing

/// `apus revision` and `apus merge`: what is on the disk afterwards, and what the other commands read from it.
@Suite(.timeLimit(.minutes(5)))
struct RevisionTests {
    private func headed(_ id: String, revises: String = "") -> String {
        "-- Revision ID: \(id)\n-- Revises: \(revises)\n\n-- migrate:up\n"
    }

    /// What `--format json` says.
    private struct Answer: Decodable {
        var revision: String
        var parents: [String]
        var file: String
        var down_file: String?
        var dependencies: [String]
        var labels: [String]
    }

    private func answer(_ ended: Ended) throws -> Answer {
        try JSONDecoder().decode(Answer.self, from: Data(ended.output.utf8))
    }

    @Test func `a merge joins all heads that there are, also one that another depends on`() async throws {
        let project = try Project([
            "migrations/r_.sql": "-- Revision ID: root\n-- Revises:\n-- migrate:up\n",
            "migrations/a_.sql": "-- Revision ID: aaaa1\n-- Revises: root\n-- migrate:up\n",
            "migrations/b_.sql":
                "-- Revision ID: bbbb1\n-- Revises: root\n-- Depends on: aaaa1\n-- migrate:up\n",
        ])
        #expect(try await project.apus("heads", endingWith: 0).output.contains("aaaa1"))
        let merge = try answer(await project.apus("merge", "--format", "json", endingWith: 0))
        #expect(merge.parents == ["aaaa1", "bbbb1"])
        #expect(try await project.apus("heads", endingWith: 0).paths.count == 1)
    }

    @Test func `from nothing to a merged history that a database has`() async throws {
        let project = try Project()
        try await project.apus("init", endingWith: 0)
        let root = try answer(
            await project.apus("revision", "-m", "Begin", "--format", "json", endingWith: 0)
        )
        let left = try answer(
            await project.apus("revision", "-m", "Left", "--branch-label", "left", "--format", "json")
        )
        let right = try answer(
            await project.apus(
                "revision",
                "-m",
                "Right",
                "--head",
                root.revision,
                "--splice",
                "--depends-on",
                "left",
                "--format",
                "json"
            )
        )
        #expect(left.parents == [root.revision] && left.labels == ["left"])
        #expect(right.parents == [root.revision] && right.dependencies == ["left"])
        let fork = try await project.apus("revision", "-m", "More", endingWith: 64)
        #expect(fork.errors.contains(left.revision) && fork.errors.contains(right.revision))
        let merge = try answer(
            await project.apus("merge", left.revision, right.revision, "--format", "json", endingWith: 0)
        )
        #expect(merge.parents == [left.revision, right.revision])
        let last = try await project.apus("revision", "-m", "Last", endingWith: 0)
        let id = try #require(last.paths.first?.split(separator: "/").last?.split(separator: "_").first)
        #expect(
            try await project.history() == [
                root.revision, left.revision, right.revision, merge.revision, String(id),
            ]
        )
        try await project.apus("upgrade", "--database-url", "sqlite:///.app.db", endingWith: 0)
        try await project.apus("status", "--exit-code", "--database-url", "sqlite:///.app.db", endingWith: 0)
    }

    @Test func `standard output is the path and nothing else`() async throws {
        let project = try Project(["migrations/.keep": ""])
        let ended = try await project.apus("revision", "-m", "Add users", endingWith: 0)
        #expect(ended.errors == "")
        #expect(ended.output.hasSuffix("_add_users.sql\n") && ended.paths.count == 1)
        #expect(project.folder.has(ended.paths[0]))
    }

    @Test func `dbmate's directory and numbered pairs keep their style`() async throws {
        let project = try Project(["migrations/20200101000000_a.sql": "-- migrate:up\n\n-- migrate:down\n"])
        for message in ["one", "two"] { try await project.apus("revision", "-m", message, endingWith: 0) }
        #expect(project.migrations.map { $0.dropFirst(14) } == ["_a.sql", "_one.sql", "_two.sql"])
        #expect(try await project.history() == project.migrations.map { String($0.prefix(14)) })

        let pairs = try Project(["migrations/0001_a.up.sql": "", "migrations/0001_a.down.sql": ""])
        let ended = try await pairs.apus("revision", "-m", "b", endingWith: 0)
        #expect(ended.paths == ["migrations/0002_b.up.sql", "migrations/0002_b.down.sql"])
        #expect(try await pairs.history() == ["0001", "0002"])
        let answer = try answer(await pairs.apus("revision", "-m", "c", "--format", "json"))
        #expect(answer.down_file == "migrations/0003_c.down.sql")
        try await pairs.apus("revision", "--head", "base", endingWith: 64)
        try await pairs.apus("merge", endingWith: 64)
    }

    @Test(arguments: [
        "a\nRevises: zzzz\nmigrate:up\nDROP TABLE a;", "-- migrate:up", "'\"`$(touch hacked)`", "🚀🚀",
        "--head",
        String(repeating: "ß", count: 500), "../../escape", "*/ ; DROP",
    ])
    func `a hostile message is words, in a file of the directory`(message: String) async throws {
        let project = try Project(["migrations/a.sql": headed("aaaa")])
        let ended = try await project.apus("revision", "-m", message, endingWith: 0)
        let name = try #require(project.migrations.first { $0 != "a.sql" })
        #expect(ended.paths == ["migrations/\(name)"])
        let history = try await project.history()
        #expect(history.count == 2 && history[0] == "aaaa" && name.hasPrefix(history[1]))
        #expect(!project.folder.has("hacked"))
    }

    @Test func `a wrong argument ends with 64 and leaves the directory as it is`() async throws {
        let project = try Project([
            "migrations/a.sql": headed("aaaa"), "migrations/b.sql": headed("bbbb", revises: "aaaa"),
        ])
        for arguments in [
            ["--head", "nosuch"], ["--head", "aaaa"], ["--head", ""], ["--head", "a:b"],
            ["--head", "current"],
            ["--rev-id", "aaaa"], ["--rev-id", "../x"], ["--branch-label", "a-b"],
            ["--depends-on", "nosuch"],
            ["--version-path", "elsewhere"], ["--branch-label", ""], ["--depends-on", " "], ["--rev-id", ""],
        ] {
            let ended = try await project.apus(
                "revision",
                "-m",
                "x",
                arguments[0],
                arguments[1],
                endingWith: 64
            )
            #expect(ended.output == "" && !ended.errors.isEmpty)
        }
        for arguments in [["aaaa", "bbbb"], ["bbbb", "nosuch"], ["heads", "head"]] {
            try await project.apus("merge", arguments[0], arguments[1], endingWith: 64)
        }
        #expect(project.migrations == ["a.sql", "b.sql"])
    }

    @Test func `files that contradict each other get no further one`() async throws {
        let project = try Project(["migrations/b.sql": headed("bbbb", revises: "gone")])
        let ended = try await project.apus("revision", "-m", "x", endingWith: 65)
        #expect(ended.errors.contains("migrations/b.sql") && ended.errors.contains("gone"))
        #expect(project.migrations == ["b.sql"])
    }

    @Test func `a missing directory ends with 66 and names apus init`() async throws {
        let ended = try await Project().apus("revision", "-m", "x", endingWith: 66)
        #expect(ended.errors.contains("no directory migrations") && ended.errors.contains("apus init"))
    }

    @Test(.enabled(if: getuid() == 0))
    func `a directory that may not be written is named, and nothing is left in it`() async throws {
        let project = try Project(["migrations/a.sql": headed("aaaa")])
        let nobody = ["/usr/bin/setpriv", "--reuid=12345", "--regid=12345", "--clear-groups"]
        let ended = try await project.apus("revision", "-m", "x", through: nobody, endingWith: 1)
        #expect(ended.errors.contains("cannot be written: Permission denied. Apus runs as user 12345"))
        #expect(project.migrations == ["a.sql"])
    }

    @Test func `everybody may read a new file, whatever the mask is`() async throws {
        let project = try Project(["migrations/a.sql": headed("aaaa")])
        let masked = ["/bin/sh", "-c", "umask 077; exec \"$@\"", "sh"]
        let path = try await project.apus("revision", "-m", "x", through: masked, endingWith: 0).paths[0]
        var status = stat()
        stat("\(project.folder.path)/\(path)", &status)
        #expect(status.st_mode & 0o777 == 0o644)
    }

    @Test func `two who write at the same time do not write over each other`() async throws {
        let project = try Project(["migrations/a.sql": headed("aaaa")])
        let eight = ["/bin/sh", "-c", "for n in 1 2 3 4 5 6 7 8; do \"$@\" -m $n & done; wait", "sh"]
        try await project.apus("revision", "--head", "base", through: eight, endingWith: 0)
        #expect(project.migrations.count == 9)
        #expect(try await project.history().count == 9)
    }

    // MARK: Templates

    @Test func `a template comes from the flag, the environment or apus.yaml`() async throws {
        let text = "-- ${message}\n-- Revision ID: ${revision}\n-- Revises: ${revises}\n-- migrate:up\n"
        let project = try Project([
            "migrations/a.sql": headed("aaaa"), "one.sql": text + "-- one\n", "two.sql": text + "-- two\n",
            "apus.yaml": "template: one.sql\n",
        ])
        for (arguments, environment, word) in [
            ([], [:], "one"), ([], ["APUS_TEMPLATE": "two.sql"], "two"),
            (["--template", "two.sql"], [:], "two"),
        ] as [([String], [String: String], String)] {
            let ended =
                arguments.isEmpty
                ? try await project.apus("revision", environment: environment, endingWith: 0)
                : try await project.apus("revision", arguments[0], arguments[1], endingWith: 0)
            #expect(try project.folder.text(of: ended.paths[0]).hasSuffix("-- \(word)\n"))
        }
    }

    @Test(arguments: [
        ("-- ${massage}\n", "t.sql:1: there is no placeholder ${massage}"), ("-- migrate:up\n", "t.sql"),
        ("-- Revision ID: ${revision}\n-- Revises: ${revises}\n-- migrate:up\nSELECT (';\n", "t.sql"),
    ])
    func `a wrong template ends with 65, and nothing is written`(text: String, words: String) async throws {
        let project = try Project(["migrations/a.sql": headed("aaaa"), "t.sql": text])
        let ended = try await project.apus("revision", "-m", "x", "--template", "t.sql", endingWith: 65)
        #expect(ended.errors.contains(words))
        #expect(project.migrations == ["a.sql"])
    }

    @Test func `a template that is not there is named`() async throws {
        let project = try Project(["migrations/a.sql": headed("aaaa")])
        let ended = try await project.apus("revision", "--template", "nosuch.sql", endingWith: 65)
        #expect(ended.errors.contains("nosuch.sql cannot be read: No such file or directory"))
    }
}
