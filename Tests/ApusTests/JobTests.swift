import Engine
import Foundation
import TestSupport
import Testing

/// The whole job, as a container does it.
@Suite(.enabled(if: TestServer.isPresent, "\(TestServer.hint)"), .timeLimit(.minutes(5)))
struct JobTests {
    private static let shop = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../examples/shop/migrations").standardized.path

    @Test func `the shop is migrated, recorded and reported, and the second run does nothing`() async throws {
        try await withTrial { trial in
            let files = try FileManager.default.contentsOfDirectory(atPath: JobTests.shop)
            let first = try await trial.run("--migrations", JobTests.shop)
            #expect(first.code == 0, first.said)
            let report = try first.report
            #expect(report.result == .succeeded)
            #expect((report.applied, report.pending, report.db) == (files.count, 0, "at-target"))
            #expect(try trial.ledger == report.revisions.map(\.revision))
            #expect(try trial.outcomes == ["succeeded"])
            #expect(try trial.value("SELECT run_id FROM apus_revision LIMIT 1") == report.run)
            let second = try await trial.run("--migrations", JobTests.shop)
            #expect(second.code == 0, second.said)
            #expect(try second.report.result == .noop)
            #expect(try second.report.at == report.at)
            #expect(try trial.value("SELECT count(*) FROM apus_run") == "1")
            #expect(try trial.isQuiet)
        }
    }

    @Test func `the last line of the log, the report file and the termination message are one report`()
        async throws
    {
        try await withTrial(["1_a.sql": "CREATE TABLE a ();"]) { trial in
            try trial.folder.write("", to: "termination")
            let ended = try await trial.run()
            let last = ended.output.split(separator: "\n").last.map(String.init)
            #expect(try trial.folder.text(of: "report.json") == (last ?? "") + "\n")
            #expect(try trial.folder.text(of: "termination") == (last ?? "") + "\n")
            #expect(ended.errors.isEmpty)
        }
    }

    @Test func `a report file that is a link, a folder or a pipe is not replaced`() async throws {
        try await withTrial(["1_a.sql": "CREATE TABLE a ();"]) { trial in
            try trial.folder.write(String(repeating: "old ", count: 2_000), to: "real.json")
            trial.folder.link("link.json", to: "real.json")
            _ = trial.folder.makeFolder("a_folder")
            mkfifo("\(trial.folder.path)/a_pipe", 0o644)
            for (name, warnings) in [("link.json", 0), ("a_folder", 1), ("a_pipe", 1)] {
                let path = "\(trial.folder.path)/\(name)"
                let ended = try await trial.run("--report-file", path, endingWith: 0)
                #expect(ended.events("warning").count == warnings, ended.said)
                #expect(trial.folder.names().filter { $0.hasSuffix(".tmp") } == [])
            }
            let report = try trial.folder.text(of: "real.json")
            #expect(try JSONDecoder().decode(Report.self, from: Data(report.utf8)).result == .succeeded)
            var facts = stat()
            #expect(stat("\(trial.folder.path)/a_pipe", &facts) == 0 && facts.st_mode & S_IFMT == S_IFIFO)
        }
    }

    @Test func `a report on standard output comes behind the log, also where that is a file`() async throws {
        try await withTrial(["1_a.sql": "CREATE TABLE a ();"]) { trial in
            let log = "\(trial.folder.path)/log"
            let command = "exec \(Trial.program) run --log-format json --report-file /dev/stdout >\(log)"
            try await trial.start(shell: command).end(endingWith: 0)
            let lines = try trial.folder.text(of: "log").split(separator: "\n")
            #expect(lines.first?.contains("wait.ready") == true)
            // The one line for machines, and the document.
            #expect(lines.count { $0.replacing(" ", with: "").contains("\"result\":\"succeeded\"") } == 2)
        }
    }

    @Test(arguments: ["json", "text"])
    func `a job whose standard streams are closed does the same`(format: String) async throws {
        try await withTrial(["1_a.sql": "CREATE TABLE a ();"]) { trial in
            for streams in ["<&- >&- 2>&-", ">&- 2>&-", "2>&-"] {
                try trial.execute("DROP TABLE IF EXISTS a, apus_revision, apus_run")
                let command = "exec \(Trial.program) run --log-format \(format) \(streams)"
                let ended = try await trial.start(shell: command).end(endingWith: 0)
                #expect(try trial.ledger == ["1"] && trial.outcomes == ["succeeded"], ended.said)
            }
        }
    }

    @Test func `a termination message is not made where nobody has put a file for it`() async throws {
        try await withTrial(["1_a.sql": "CREATE TABLE a ();"]) { trial in
            try await trial.run(endingWith: 0)
            #expect(!trial.folder.has("termination"))
        }
    }

    @Test func `a termination message of a huge failure is short and valid`() async throws {
        let name = String(repeating: "n", count: 60)
        let files = Dictionary(
            uniqueKeysWithValues: (1...80).map { ("\($0 + 100)_\(name).sql", "CREATE TABLE t\($0) ();") }
        )
        try await withTrial(files) { trial in
            let words = String(repeating: "é\\\"", count: 20_000)
            try trial.write(["900_bad.sql": "DO $$ BEGIN RAISE EXCEPTION USING MESSAGE = '\(words)'; END $$;"]
            )
            try trial.folder.write("", to: "termination")
            let ended = try await trial.run()
            #expect(ended.code == 3)
            let message = try trial.folder.text(of: "termination")
            #expect(message.utf8.count <= 2048)
            let report = try JSONDecoder().decode(Report.self, from: Data(message.utf8))
            #expect(
                (report.code, report.applied, report.failed?.file?.hasSuffix("900_bad.sql")) == (3, 80, true)
            )
        }
    }

    @Test func `status tells applied and pending in JSON, and ends with 9 when asked to`() async throws {
        struct Status: Decodable {
            struct Line: Decodable {
                var revision: String
                var state: String
            }
            var current: [String]
            var heads: [String]
            var pending: Int
            var revisions: [Line]
        }
        try await withTrial(["1_a.sql": "CREATE TABLE a ();"]) { trial in
            try await trial.run(endingWith: 0)
            try trial.write(["2_b.sql": "CREATE TABLE b ();"])
            let ended = try await trial.apus("status", "--format", "json", "--exit-code")
            #expect(ended.code == 9, ended.said)
            let status = try JSONDecoder().decode(Status.self, from: Data(ended.output.utf8))
            #expect((status.current, status.heads, status.pending) == (["1"], ["2"], 1))
            #expect(status.revisions.map(\.state) == ["applied", "pending"])
            try await trial.apus("status", endingWith: 0)
            try await trial.run(endingWith: 0)
            try await trial.apus("status", "--exit-code", endingWith: 0)
        }
    }

    @Test func `status on an empty database shows everything pending and makes nothing`() async throws {
        try await withTrial(["1_a.sql": "CREATE TABLE a ();"]) { trial in
            try await trial.apus("status", "--exit-code", endingWith: 9)
            #expect(try !trial.exists("apus_revision"))
        }
    }

    @Test func `wait for head ends with 75 when nobody migrates`() async throws {
        try await withTrial(["1_a.sql": "CREATE TABLE a ();"]) { trial in
            let ended = try await trial.apus("wait", "--for", "head", "--wait-timeout", "1s")
            #expect(ended.code == 75, ended.said)
            #expect(ended.output.contains("1"))
            #expect(try !trial.exists("apus_revision"))
        }
    }

    @Test func `wait for head ends with 0 once somebody has migrated, and does not mind what is newer`()
        async throws
    {
        try await withTrial(["1_a.sql": "CREATE TABLE a ();"]) { trial in
            let waiting = try trial.start("wait", "--for", "head", "--wait-timeout", "30s")
            try await waiting.event("wait.revisions")
            try await trial.apus("upgrade", "head", endingWith: 0)
            try await waiting.end(endingWith: 0)
            try trial.write(["2_b.sql": "CREATE TABLE b ();"])
            try await trial.run(endingWith: 0)
            trial.folder.removeFile("migrations/2_b.sql")
            try await trial.apus("wait", "--for", "head", "--wait-timeout", "1s", endingWith: 0)
        }
    }

    @Test func `wait for head goes on after the server has ended its session`() async throws {
        try await withTrial(["1_a.sql": "CREATE TABLE a ();"]) { trial in
            let waiting = try trial.start("wait", "--for", "head", "--wait-timeout", "30s")
            try await waiting.event("wait.revisions")
            try trial.query(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'apus/%'"
            )
            try await trial.run(endingWith: 0)
            let ended = try await waiting.end()
            #expect(ended.code == 0, ended.said)
        }
    }

    @Test func `an upgrade goes to its target, and a plan is told once`() async throws {
        try await withTrial([
            "1_a.sql": "CREATE TABLE a ();", "2_b.sql": "CREATE TABLE b ();", "3_c.sql": "CREATE TABLE c ();",
        ]) { trial in
            try await trial.apus("upgrade", "1", endingWith: 0)
            #expect(try trial.ledger == ["1"])
            let ended = try await trial.apus("upgrade", "+1")
            #expect(ended.code == 0, ended.said)
            #expect(ended.events("plan").map(\.msg) == ["2"])
            #expect(try trial.ledger == ["1", "2"])
        }
    }

    @Test func `explain prints the table of exit codes`() async throws {
        struct Entry: Decodable {
            var code: Int32
            var name: String
        }
        try await withTrial { trial in
            let ended = try await trial.apus("explain", "--format", "json")
            let entries = try JSONDecoder().decode([Entry].self, from: Data(ended.output.utf8))
            #expect(entries.map(\.code) == Engine.ExitCode.allCases.map(\.rawValue))
            #expect(entries.first { $0.code == 3 }?.name == "migration_failed")
            #expect(try await trial.apus("explain", "75").output.contains("Temporary"))
            try await trial.apus("explain", "2", endingWith: 64)
        }
    }

    @Test func `text goes to standard error, with one line for each thing that happens`() async throws {
        try await withTrial(["1_add_users.sql": "CREATE TABLE a ();"]) { trial in
            let ended = try await trial.run("--log-format", "text")
            #expect(ended.output.isEmpty)
            #expect(ended.errors.contains("applied   1/1 1  add users"), ended.said)
            #expect(ended.errors.contains("ok        1 revision applied"))
        }
    }
}
