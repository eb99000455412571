import Foundation
import TestSupport
import Testing

/// The commands that read the files, as processes. Where the database is not needed, there is none.
@Suite(.enabled(if: TestServer.isPresent, "\(TestServer.hint)"), .timeLimit(.minutes(5)))
struct HistoryTests {
    private static let nowhere: [String: String?] = ["APUS_DATABASE_URL": nil]

    /// What a command prints without a database.
    private func said(
        by arguments: String...,
        of files: [String: String] = branchedHistory,
        environment: [String: String?] = nowhere,
        endingWith code: Int32 = 0
    ) async throws -> Ended {
        try await withTrial(files) { trial in
            try await trial.start(arguments, environment: environment, in: nil).end(endingWith: code)
        }
    }

    @Test func `what cannot be written ends with 1 and says why, a closed pipe does not`() async throws {
        let project = try Project(["migrations/1_a.sql": "SELECT 1;"])
        let full = ["sh", "-c", "exec \"$@\" >/dev/full", "sh"]
        let reason = "standard output cannot be written: No space left on device"
        let failed = try await project.apus("history", through: full, endingWith: 1)
        #expect(failed.errors.contains(reason))
        for arguments in [
            ["show", "1", "--sql"], ["explain"], ["explain", "75", "--format", "json"], ["--version"],
            ["history", "--help"], ["--generate-completion-script", "bash"], ["init", "other"],
        ] {
            let failed = try await project.apus(arguments, through: full, endingWith: 1)
            #expect(failed.errors.contains(reason), failed.said)
        }
        let closed = ["bash", "-c", "(sleep 0.2; \"$@\") | :; exit ${PIPESTATUS[0]}", "bash"]
        let quiet = try await project.apus("history", through: closed, endingWith: 0)
        #expect(quiet.errors == "")
    }

    @Test func `heads, branches and history say what Alembic says`() async throws {
        let heads = try await said(by: "heads")
        #expect(heads.output == "merge (shop) (head) (mergepoint)\nother1 (head)\n")
        let branches = try await said(by: "branches")
        #expect(branches.output == "base1 (branchpoint)\n      -> left1\n      -> right1 (shop)\n")
        let history = try await said(by: "history")
        #expect(
            history.output == """
                left1, right1 -> merge (shop) (head) (mergepoint), Step merge
                <base> (left1) -> other1 (head), Step other1
                base1 -> left1, Step left1
                base1 -> right1 (shop), Step right1
                <base> -> base1 (branchpoint), The beginning

                """
        )
    }

    @Test func `a head that another revision depends on is told apart`() async throws {
        let files = ["1.sql": migration("aaaa"), "2.sql": migration("bbbb", lines: "Depends On: aaaa")]
        #expect(try await said(by: "heads", of: files).output == "aaaa (effective head)\nbbbb (head)\n")
        #expect(try await said(by: "heads", "--resolve-dependencies", of: files).output == "bbbb (head)\n")
    }

    @Test func `a part of the history is shown with both its ends`() async throws {
        let range = try await said(by: "history", "-r", "left1:merge")
        #expect(range.output.split(separator: "\n").count == 2)
        let graph = try await said(
            by: "history",
            "-rleft1:",
            "--graph",
            environment: [
                "APUS_DATABASE_URL": nil, "LC_ALL": "C.UTF-8",
            ]
        )
        #expect(
            graph.output == """
                ● left1, right1 -> merge (shop) (head) (mergepoint), Step merge
                ● base1 -> left1, Step left1

                """
        )
    }

    @Test func `a drawing names dependencies, and uses ASCII without a locale`() async throws {
        let graph = try await said(by: "history", "--graph")
        #expect(
            graph.output == """
                * merge (shop) (head) (mergepoint), Step merge
                +-.
                | | * other1 (head) (depends on left1), Step other1
                * | left1, Step left1
                | * right1 (shop), Step right1
                +-'
                * base1 (branchpoint), The beginning

                """
        )
    }

    @Test func `show says all that a file says, and gives its text`() async throws {
        let shown = try await said(by: "show", "merg")
        #expect(
            shown.output
                == """
                Rev: merge (shop) (head) (mergepoint)
                Merges: left1, right1
                Way back: yes
                Transaction: yes
                Path: PATH/4.sql

                    Step merge

                    Revision ID: merge
                    Revises: left1, right1


                """.replacing("PATH", with: directory(in: shown.output))
        )
        let sql = try await said(by: "show", "merge", "--sql")
        #expect(sql.output == branchedHistory["4.sql"])
        let several = try await said(by: "show", "heads", "shop", "merge", "other1-0")
        let names = several.output.split(separator: "\n").filter { $0.hasPrefix("Rev: ") }
        #expect(
            names == ["Rev: merge (shop) (head) (mergepoint)", "Rev: other1 (head)", "Rev: right1 (shop)"]
        )
    }

    @Test func `a target may begin with a minus`() async throws {
        let files = ["1.sql": migration("aaaa"), "2.sql": migration("bbbb", after: "aaaa")]
        #expect(try await said(by: "show", "-1", of: files).output.hasPrefix("Rev: aaaa\n"))
        let range = "aaaa -> bbbb (head), Step bbbb\n<base> -> aaaa, Step aaaa\n"
        for arguments in [["-r", "-1:"], ["-r-1:"], ["--rev-range=-1:"], ["--rev-range", "-1:head"]] {
            try await withTrial(files) { trial in
                let ended = try await trial.start(["history"] + arguments, environment: Self.nowhere, in: nil)
                    .end(endingWith: 0)
                #expect(ended.output == range)
            }
        }
    }

    private struct Document: Decodable {
        struct Entry: Decodable {
            var revision, description, file: String
            var parents, dependencies, labels, children: [String]
            var head, depended_on, branch_point, merge_point: Bool
            var current, applied, way_back: Bool?
            var transaction: String?
            var comment, sql: [String]?
        }
        var revisions: [Entry]
    }

    private func document(_ ended: Ended) throws -> [Document.Entry] {
        try JSONDecoder().decode(Document.self, from: Data(ended.output.utf8)).revisions
    }

    private func directory(in output: String) -> String {
        let path = output.split(separator: "\n").first { $0.hasPrefix("Path: ") }?.dropFirst(6) ?? ""
        return String(
            path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        )
    }

    @Test(arguments: [
        (["show", "nosuch"], "no revision \"nosuch\""),
        (["show", "head", "--nosuch"], "Unknown option '--nosuch'"),
        (["show", "a@b@c"], "is not a target"), (["history", "-r", "base1"], "is not a range"),
        (["history", "-r", "a:b:c"], "is not a range"),
        (["history", "-r", "merge:left1"], "no way from merge up to left1"),
        (["show", "head"], "several heads: merge, other1"),
        (["heads", "extra"], "Unexpected argument 'extra'"),
        (["history", "--graph", "--format", "dot"], "leave it out with --format dot"),
        (["history", "--format", "xml"], "xml"), (["show"], "Missing expected argument"),
        (["show", "nosuch@head"], "no branch \"nosuch\""), (["show", "right1-9"], "goes too far"),
    ])
    func `a target, range or option that cannot be right ends with 64`(arguments: [String], words: String)
        async throws
    {
        try await withTrial(branchedHistory) { trial in
            let ended = try await trial.start(arguments, environment: Self.nowhere, in: nil).end(
                endingWith: 64
            )
            #expect(ended.output == "")
            #expect(ended.errors.contains(words), ended.said)
        }
    }

    @Test func `the beginning of several revisions is refused with the candidates`() async throws {
        let files = Dictionary(
            uniqueKeysWithValues: (10...30).map { ("\($0).sql", migration("abc\($0)", lines: "Depends On:")) }
        )
        let ended = try await said(by: "show", "abc", of: files, endingWith: 64)
        #expect(ended.errors.contains("\"abc\" may be any of abc10, abc11, abc12"), ended.said)
        #expect(ended.errors.contains("abc19 and 11 more. Write more of it."), ended.said)
    }

    @Test func `files that cannot be right are named, as for a job`() async throws {
        let lost = try await said(
            by: "history",
            of: ["1.sql": migration("aaaa", after: "zzzz")],
            endingWith: 65
        )
        #expect(
            lost.errors.contains("1.sql: revision aaaa revises zzzz, and no file has that revision"),
            lost.said
        )
        let empty = try await said(by: "heads", of: [:], endingWith: 66)
        #expect(empty.errors.contains("no migrations in"))
        let broken = ["1.sql": "-- migrate:up perhaps\nSELECT 1;"]
        #expect(try await said(by: "show", "1", of: broken, endingWith: 65).errors.contains("1.sql:1"))
        #expect(
            try await said(by: "show", "1", "--sql", of: broken).output
                == "-- migrate:up perhaps\nSELECT 1;\n"
        )
    }

    @Test func `titles cannot steer the terminal`() async throws {
        let ended = try await said(by: "history", of: ["1.sql": migration("aaaa", title: "a\u{1B}[2Jb")])
        #expect(ended.output == "<base> -> aaaa (head), a [2Jb\n")
    }

    @Test func `JSON is one document with the same facts`() async throws {
        let history = try await document(said(by: "history", "--format", "json"))
        #expect(history.map(\.revision) == ["merge", "other1", "left1", "right1", "base1"])
        #expect(history[0].parents == ["left1", "right1"])
        #expect(history[1].dependencies == ["left1"])
        #expect(history[4].children == ["left1", "right1"])
        #expect(history.map(\.head) == [true, true, false, false, false])
        #expect(history.map(\.merge_point) == [true, false, false, false, false])
        #expect(history.map(\.branch_point) == [false, false, false, false, true])
        #expect(history[3].labels == ["shop"])
        #expect(history[0].current == nil)
        let shown = try await document(said(by: "show", "merge", "--sql", "--format", "json"))
        #expect(shown[0].sql == [branchedHistory["4.sql"] ?? ""])
        #expect((shown[0].way_back, shown[0].transaction) == (true, "yes"))
        #expect(try await document(said(by: "branches", "--format", "json")).map(\.revision) == ["base1"])
        #expect(
            try await document(said(by: "heads", "--format", "json")).map(\.revision) == [
                "merge", "other1",
            ]
        )
    }

    @Test func `a reader who has seen enough is no error`() async throws {
        let files = Dictionary(
            uniqueKeysWithValues: (1...3000).map { ("\($0).sql", "-- A title of some length\nSELECT 1;") }
        )
        try await withTrial(files) { trial in
            let script = """
                for options in "" --graph --verbose "--format json" "--format dot"; do
                    "\(Trial.program)" history $options | head -n 1 >/dev/null
                    echo "${PIPESTATUS[0]}"
                done
                """
            let shell = try Program(
                ["/bin/bash", "-c", script],
                environment: ["APUS_MIGRATIONS": trial.migrations, "PATH": "/usr/bin:/bin"],
                output: "\(trial.folder.path)/shell"
            )
            _ = try await shell.end()
            #expect(shell.standardOutput == "0\n0\n0\n0\n0\n")
            #expect(shell.standardError == "")
        }
    }

    @Test func `the database is asked for what is current, and only then`() async throws {
        try await withTrial(branchedHistory) { trial in
            let current = try await trial.apus("history", "-r", ":current", endingWith: 0)
            #expect(current.output == "")
            try await trial.apus("upgrade", "left1", endingWith: 0)
            let marked = try await trial.apus("history", "-i", endingWith: 0)
            #expect(marked.output.contains("base1 -> left1 (current), Step left1\n"))
            let upTo = try await trial.apus("history", "-r:current", endingWith: 0)
            #expect(
                upTo.output == """
                    base1 -> left1 (current), Step left1
                    <base> -> base1 (branchpoint), The beginning

                    """
            )
            let graph = try await trial.apus("history", "-i", "--graph", endingWith: 0)
            #expect(graph.output.hasPrefix("o merge (shop) (head) (mergepoint), Step merge\n"), graph.said)
            #expect(graph.output.contains("\n* | left1 (current), Step left1\n"), graph.said)
            let shown = try await trial.apus("show", "current", endingWith: 0)
            #expect(shown.output.hasPrefix("Rev: left1 (current)\n"))
            let none: [String: String?] = ["APUS_DATABASE_URL": nil]
            for arguments in [
                ["history", "-i"], ["history", "-r", "current:"], ["show", "current"], ["show", "+1"],
            ] {
                try await trial.start(arguments, environment: none, in: nil).end(endingWith: 78)
            }
        }
    }
}
