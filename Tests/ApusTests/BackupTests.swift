import Database
import Engine
import Foundation
import Glibc
import TestSupport
import Testing

/// The backup is a gate: nothing is applied without it.
@Suite(.enabled(if: TestServer.isPresent, "\(TestServer.hint)"), .timeLimit(.minutes(5)))
struct BackupTests {
    private static let dump = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../examples/hooks/pg_dump.sh").standardized.path

    /// A trial with one revision applied and one pending, whose hook is this shell script.
    private func withHook(_ script: String, _ body: (Trial, String) async throws -> Void) async throws {
        try await withTrial(["1_a.sql": "CREATE TABLE a (id int); INSERT INTO a VALUES (1), (2);"]) { trial in
            try await trial.run(endingWith: 0)
            try trial.write(["2_b.sql": "DROP TABLE a;"])
            let hook = try trial.folder.write("#!/bin/sh\n\(script)\n", to: "hook.sh", mode: 0o755)
            try await body(trial, hook)
            // The password file is gone, however it went.
            #expect(trial.folder.names(in: "tmp").isEmpty)
        }
    }

    @Test func `the example hook makes a dump from which the old state can be restored`() async throws {
        try await withHook("") { trial, _ in
            let backups = trial.folder.makeFolder("backups")
            let bin = environment("APUS_TEST_POSTGRES_BIN") ?? ""
            let path = "\(bin):\(environment("PATH") ?? "")"
            let ended = try await trial.run(
                "--backup-command",
                BackupTests.dump,
                "--backup-dir",
                backups,
                environment: ["PATH": path],
                endingWith: 0
            )
            let reference = try #require(try ended.report.backup?.ref, ended.said)
            #expect(reference.hasPrefix("file://\(backups)/"))
            #expect(
                try trial.value("SELECT backup->'artifact'->>'uri' FROM apus_run WHERE backup IS NOT NULL")
                    == reference
            )
            #expect(try !trial.exists("a"))
            let copy = try TestDatabase.make()
            defer { copy.drop() }
            let restore = try Program(
                ["\(bin)/pg_restore", "-d", copy.url, String(reference.dropFirst("file://".count))],
                environment: [:],
                output: "\(trial.folder.path)/restore"
            )
            #expect(try await restore.end() == .exited(0), "\(restore.standardError)")
            #expect(try copy.connect().query("SELECT count(*) FROM a") == [["2"]])
            #expect(try copy.connect().query("SELECT count(*) FROM apus_revision") == [["1"]])
        }
    }

    @Test func `nothing pending needs no backup`() async throws {
        try await withHook("echo ran >$0.ran") { trial, hook in
            trial.folder.removeFile("migrations/2_b.sql")
            try await trial.run("--backup-command", hook, endingWith: 0)
            #expect(!trial.folder.has("hook.sh.ran"))
            // An edit that is let pass is looked at under the lock, where a backup would be made.
            try trial.write(["1_a.sql": "CREATE TABLE a (id int);"])
            let edited = try await trial.run(
                "--backup-command",
                hook,
                "--on-edited",
                "warn",
                endingWith: 0
            )
            #expect(edited.events("lock.held").count == 1, edited.said)
            #expect(!trial.folder.has("hook.sh.ran"))
        }
    }

    @Test(
        arguments: [
            ("echo no space left >&2; exit 1", 5, "no space left"), ("echo later >&2; exit 75", 75, "later"),
            ("exit 0", 5, "no artefact"), ("echo done", 5, "no artefact"),
            ("echo '{\"artifact\":{}}'", 5, "no artefact"),
            ("echo '{\"artifact\":{\"id\":\"x\"},\"verified\":{\"ok\":false}}'", 5, "verification"),
            ("kill -9 $$", 5, "signal 9"), ("echo '[1,2'; exit 0", 5, "no artefact"),
            (
                "head -c 300000 /dev/zero | tr '\\0' x; echo; echo '{\"artifact\":{\"uri\":\"x\"}}'", 5,
                "no artefact"
            ),
        ] as [(String, Int32, String)]
    )
    func `without a backup nothing is applied`(script: String, code: Int32, words: String) async throws {
        try await withHook(script) { trial, hook in
            let ended = try await trial.run("--backup-command", hook, endingWith: code)
            #expect(try ended.report.failed?.message.contains(words) == true, ended.said)
            #expect(try ended.report.db == "unchanged")
            #expect(try trial.ledger == ["1"])
            #expect(try trial.exists("a"))
            #expect(try trial.isQuiet)
        }
    }

    @Test func `a server that ends idle sessions does not end the one that waits for the hook`() async throws
    {
        try await withHook("sleep 1; echo '{\"artifact\":{\"id\":\"x\"}}'") { trial, hook in
            try trial.execute("ALTER DATABASE \(trial.database.name) SET idle_session_timeout = '300ms'")
            try await trial.run("--backup-command", hook, endingWith: 0)
            #expect(try trial.ledger == ["1", "2"])
        }
    }

    @Test func `a hook that takes too long is ended with all it has started`() async throws {
        try await withHook("sleep 300 & echo $! >$0.child; wait") { trial, hook in
            let ended = try await trial.run(
                "--backup-command",
                hook,
                "--backup-timeout",
                "500ms",
                endingWith: 5,
                within: .seconds(15)
            )
            #expect(try trial.ledger == ["1"], ended.said)
            let child = try #require(Int32(trial.folder.text(of: "hook.sh.child").split(separator: "\n")[0]))
            let state = try? contents(of: "/proc/\(child)/stat")
            #expect(state?.contains(") Z ") ?? true)
        }
    }

    @Test func `a program that is not there, or cannot be split into arguments, ends with 78`() async throws {
        try await withHook("") { trial, _ in
            let ended = try await trial.run("--backup-command", "/no/such/program", endingWith: 78)
            #expect(
                try ended.report.failed?.message.hasSuffix("does not exist. Nothing was applied.") == true,
                ended.said
            )
            try await trial.run("--backup-command", "'never ended", endingWith: 78)
            #expect(try trial.ledger == ["1"])
        }
    }

    @Test func `a hook sees its contract and no secret of ours`() async throws {
        let script =
            "env >$0.env; cat \"$PGPASSFILE\" >$0.pass; stat -c %a \"$PGPASSFILE\" >$0.mode; echo '{\"artifact\":{\"id\":\"x\"}}'"
        try await withHook(script) { trial, hook in
            let ended = try await trial.run(
                "--backup-command",
                hook,
                environment: [
                    "APUS_NOTIFY_SECRET": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                    "SOME_TOKEN": "token-of-somebody",
                    "MY_REGION": "eu-1", "APUS_BACKUP_ENV": "MY_REGION",
                ],
                endingWith: 0
            )
            let seen = try trial.folder.text(of: "hook.sh.env")
            let password = try #require(URL(string: trial.database.url)?.password)
            for secret in [password, "whsec_", "token-of-somebody", "APUS_DATABASE_URL"] {
                #expect(!seen.contains(secret))
            }
            for line in [
                "APUS_HOOK=backup", "APUS_HOOK_API=1", "APUS_RUN_ID=\(try ended.report.run)", "APUS_FROM=1",
                "APUS_TO=2",
                "APUS_PENDING_COUNT=1", "PGDATABASE=\(trial.database.name)", "PGUSER=apus", "MY_REGION=eu-1",
                "PGHOST=127.0.0.1", "PGPORT=\(Trial.serverPort)",
            ] {
                #expect(seen.split(separator: "\n").contains { $0 == line }, "\(line) in \(seen)")
            }
            #expect(try trial.folder.text(of: "hook.sh.pass") == "*:*:*:apus:\(password)\n")
            #expect(try trial.folder.text(of: "hook.sh.mode") == "600\n")
        }
    }

    @Test func `what a hook says is passed on, and a password in it is not`() async throws {
        let script =
            "cut -d: -f5 \"$PGPASSFILE\" >&2; cut -d: -f5 \"$PGPASSFILE\"; echo \"because of $(cut -d: -f5 \"$PGPASSFILE\")\" >&2; exit 1"
        try await withHook(script) { trial, hook in
            try trial.folder.write("", to: "termination")
            let ended = try await trial.run("--backup-command", hook, endingWith: 5)
            let password = try #require(URL(string: trial.database.url)?.password)
            let places = [
                ended.output, ended.errors, try trial.folder.text(of: "report.json"),
                try trial.folder.text(of: "termination"),
                try trial.value("SELECT string_agg(r::text, ' ') FROM apus_run r") ?? "",
            ]
            for place in places { #expect(!place.contains(password), "\(place)") }
            #expect(places[4].contains("because of ***"))
        }
    }

    @Test func `an artefact with a password in it is recorded without`() async throws {
        let script =
            "echo \"{\\\"artifact\\\":{\\\"uri\\\":\\\"s3://key:$(cut -d: -f5 \"$PGPASSFILE\")@bucket\\\"}}\""
        try await withHook(script) { trial, hook in
            let ended = try await trial.run("--backup-command", hook, endingWith: 0)
            let password = try #require(URL(string: trial.database.url)?.password)
            #expect(!ended.output.contains(password))
            #expect(
                try trial.value("SELECT backup::text FROM apus_run WHERE backup IS NOT NULL")?.contains(
                    password
                ) == false
            )
        }
    }

    @Test func `a lock that was lost while the hook ran stops the run`() async throws {
        let script = "while [ ! -e $0.go ]; do sleep 0.05; done; echo '{\"artifact\":{\"id\":\"x\"}}'"
        try await withHook(script) { trial, hook in
            let run = try trial.start("run", "--backup-command", hook)
            try await run.event("backup.started")
            try trial.query(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'apus/%'"
            )
            try trial.folder.write("", to: "hook.sh.go")
            let ended = try await run.end(endingWith: 74)
            #expect(try trial.ledger == ["1"], ended.said)
        }
    }

    @Test func `a restore point and a template copy are backups by SQL`() async throws {
        try await withTrial(["1_a.sql": "CREATE TABLE a ();"]) { trial in
            let point = try await trial.run("--backup-sql", "restore-point", endingWith: 0)
            #expect(try point.report.backup?.ref.hasPrefix("apus-") == true, point.said)
            try trial.write(["2_b.sql": "DROP TABLE a;"])
            // Nobody else may be connected while the server copies the database: not even this test.
            let busy = try await trial.run("--backup-sql", "template-copy")
            #expect([5, 75].contains(busy.code), busy.said)
            #expect(try trial.exists("a"))
        }
    }

    @Test func `a template copy has what was there before`() async throws {
        let database = try TestDatabase.make()
        defer { database.drop() }
        let folder = Folder()
        try folder.write("CREATE TABLE a ();", to: "m/1_a.sql")
        let program = try Program(
            [
                Trial.program, "run", "--log-format", "json", "--migrations", "\(folder.path)/m",
                "--backup-sql",
                "template-copy",
            ],
            environment: ["APUS_DATABASE_URL": database.url],
            output: "\(folder.path)/run"
        )
        #expect(try await program.end() == .exited(0), "\(program.standardOutput)")
        let report = try Ended(ending: .exited(0), output: program.standardOutput, errors: "").report
        let copy = TestDatabase(name: try #require(report.backup?.ref))
        defer { copy.drop() }
        #expect(
            try copy.connect().query("SELECT to_regclass('a'), to_regclass('apus_run') IS NOT NULL") == [
                [nil, "t"]
            ]
        )
    }
}
