import Database
import Engine
import Foundation
import TestSupport
import Testing

/// Directories as they are mounted, and as other tools lay them out.
@Suite(.enabled(if: TestServer.isPresent, "\(TestServer.hint)"), .timeLimit(.minutes(5)))
struct DirectoryTests {
    @Test func `a mounted ConfigMap is read once`() async throws {
        try await withTrial { trial in
            for name in ["1_a.sql", "2_b.sql"] {
                try trial.folder.write(
                    "CREATE TABLE t\(name.prefix(1)) ();",
                    to: "migrations/..2026_11_21/\(name)"
                )
                trial.folder.link("migrations/\(name)", to: "..data/\(name)")
            }
            trial.folder.link("migrations/..data", to: "..2026_11_21")
            try await trial.run(endingWith: 0)
            #expect(try trial.ledger == ["1", "2"])
        }
    }

    @Test func `the down files of golang-migrate never run`() async throws {
        try await withTrial([
            "000001_a.up.sql": "CREATE TABLE a ();", "000001_a.down.sql": "DROP TABLE a;",
            "000002_b.up.sql": "CREATE TABLE b ();", "000002_b.down.sql": "DROP TABLE a; DROP TABLE b;",
        ]) { trial in
            try await trial.run(endingWith: 0)
            #expect(try trial.ledger == ["000001", "000002"])
            #expect(try trial.exists("a") && trial.exists("b"))
        }
    }

    @Test func `plain files follow their numbers, dbmate's their bytes`() async throws {
        let names = ["1_a.sql", "2_b.sql", "10_c.sql"]
        try await withTrial(Dictionary(uniqueKeysWithValues: names.map { ($0, "SELECT 1;") })) { trial in
            try await trial.run(endingWith: 0)
            #expect(try trial.ledger == ["1", "2", "10"])
        }
        let marked = Dictionary(uniqueKeysWithValues: names.map { ($0, "-- migrate:up\nSELECT 1;") })
        try await withTrial(marked) { trial in
            try await trial.run(endingWith: 0)
            #expect(try trial.ledger == ["10", "1", "2"])
        }
    }

    @Test func `several directories make one history, and a path may have a space`() async throws {
        try await withTrial { trial in
            try trial.folder.write("SELECT 1;", to: "one place/1_a.sql")
            try trial.folder.write("SELECT 1;", to: "other/2_b.sql")
            try await trial.run(
                "--migrations",
                "\(trial.folder.path)/one place",
                "--migrations",
                "\(trial.folder.path)/other/",
                endingWith: 0
            )
            #expect(try trial.ledger == ["1", "2"])
        }
    }

    @Test func `a folder with the ending .sql is no migration, not even by a link`() async throws {
        try await withTrial(["1_a.sql": "SELECT 1;"]) { trial in
            _ = trial.folder.makeFolder("migrations/2_b.sql")
            trial.folder.link("migrations/3_c.sql", to: "2_b.sql")
            try await trial.run(endingWith: 0)
            #expect(try trial.ledger == ["1"])
        }
    }

    @Test func `a pipe is no migration, and nobody waits for what comes out of it`() async throws {
        try await withTrial(["1_a.sql": "SELECT 1;"]) { trial in
            mkfifo("\(trial.folder.path)/migrations/2_b.sql", 0o644)
            let ended = try await trial.run(endingWith: 65, within: .seconds(15))
            #expect(try ended.report.failed?.message.contains("2_b.sql is a pipe") == true, ended.said)
            try await trial.apus("history", endingWith: 65)
        }
    }

    @Test func `a name that is not UTF-8 is said to be the reason`() async throws {
        try await withTrial(["1_a.sql": "SELECT 1;"]) { trial in
            let name = Array("\(trial.folder.path)/migrations/2_".utf8) + [0xE9] + Array(".sql".utf8) + [0]
            close(
                name.map { CChar(bitPattern: $0) }.withUnsafeBufferPointer { creat($0.baseAddress!, 0o644) }
            )
            let ended = try await trial.run(endingWith: 65)
            #expect(try ended.report.failed?.message.contains("not UTF-8") == true, ended.said)
        }
    }

    @Test func `branches that are merged are applied parents first`() async throws {
        try await withTrial([
            "a_root.sql": "-- Revision ID: aa\n-- Revises:\n\n-- migrate:up\nCREATE TABLE r ();",
            "b_left.sql": "-- Revision ID: bb\n-- Revises: aa\n\n-- migrate:up\nALTER TABLE r ADD l int;",
            "c_right.sql": "-- Revision ID: cc\n-- Revises: aa\n\n-- migrate:up\nALTER TABLE r ADD m int;",
            "0_merge.sql":
                "-- Revision ID: dd\n-- Revises: bb, cc\n\n-- migrate:up\nALTER TABLE r ADD CHECK (l < m);",
        ]) { trial in
            let ended = try await trial.run(endingWith: 0)
            #expect(try trial.ledger.first == "aa" && trial.ledger.last == "dd", ended.said)
            #expect(try ended.report.at == ["dd"])
        }
    }

    @Test(arguments: [
        [
            "1_a.sql": "-- Revision ID: a\n-- Revises: b\n-- migrate:up\n",
            "2_b.sql": "-- Revision ID: b\n-- Revises: a\n-- migrate:up\n",
        ],
        ["1_a.sql": "-- Revision ID: a\n-- Revises: nosuch\n-- migrate:up\n"],
        ["1_a.sql": "-- Revision ID: a\n-- migrate:up\n", "2_b.sql": "-- Revision ID: a\n-- migrate:up\n"],
        ["1_a.sql": "-- migrate:up\n", "1_b.sql": "-- migrate:up\n"],
    ])
    func `a history that contradicts itself is refused`(files: [String: String]) async throws {
        try await withTrial(files) { trial in
            let ended = try await trial.run(endingWith: 65)
            #expect(try !trial.exists("apus_revision"), ended.said)
        }
    }
}
