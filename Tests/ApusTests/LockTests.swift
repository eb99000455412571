import Database
import Engine
import TestSupport
import Testing

/// Locks of the application, which no migration may block for long.
@Suite(.enabled(if: TestServer.isPresent, "\(TestServer.hint)"), .timeLimit(.minutes(5)))
struct LockTests {
    private func withTable<R>(_ change: String, _ body: (Trial) async throws -> R) async throws {
        try await withTrial(["1_a.sql": "CREATE TABLE a ();", "2_b.sql": change]) { trial in
            try await trial.apus("upgrade", "1", endingWith: 0)
            _ = try await body(trial)
        }
    }

    @Test(arguments: [
        "ALTER TABLE a ADD x int;", "-- migrate:up transaction:false\nALTER TABLE a ADD x int;",
        "BEGIN;\nALTER TABLE a ADD x int;\nCOMMIT;\nBEGIN;\nCOMMIT;\n",
    ])
    func `a table that is locked for a second is waited for in short attempts`(change: String) async throws {
        try await withTable(change) { trial in
            let other = try trial.database.connect(as: "the application")
            let pid = try #require(try other.query("SELECT pg_backend_pid()").first?.first ?? nil)
            try other.execute("BEGIN; LOCK TABLE a IN ACCESS EXCLUSIVE MODE")
            let run = try trial.start("run")
            try await eventually("a retry that names the blocker") {
                run.program.standardOutput.contains("\"pid\":\(pid)")
            }
            try other.execute("COMMIT")
            let ended = try await run.end(endingWith: 0)
            let retries = ended.events("revision.retrying")
            #expect(
                retries.contains { "\($0.pid ?? 0)" == pid && $0.msg.contains("the application") },
                ended.said
            )
            #expect(try trial.ledger == ["1", "2"])
        }
    }

    @Test func `a ledger that somebody keeps locked is not waited for without end`() async throws {
        try await withTable("CREATE TABLE b ();") { trial in
            let other = try trial.database.connect()
            try other.execute("BEGIN; LOCK TABLE apus_revision IN ACCESS EXCLUSIVE MODE")
            for command in [
                ["run", "--lock-retry-budget", "1s"], ["status"],
                ["wait", "--for", "head", "--wait-timeout", "1s"],
            ] {
                let ended = try await trial.start(command, environment: [:], in: nil)
                    .end(endingWith: 75, within: .seconds(20))
                #expect((ended.output + ended.errors).contains("reading the ledger: 55P03"), ended.said)
            }
            let run = try trial.start("run")
            try await run.event("ledger.retrying")
            try other.execute("COMMIT")
            try await run.end(endingWith: 0)
            #expect(try trial.ledger == ["1", "2"])
        }
    }

    @Test func `no attempt keeps the application waiting for longer than its lock timeout`() async throws {
        try await withTable("ALTER TABLE a ADD x int;") { trial in
            let other = try trial.database.connect()
            try other.execute("BEGIN; SELECT FROM a")
            let run = try trial.start("run", "--lock-timeout", "200ms")
            try await run.event("revision.retrying")
            var longest = ContinuousClock.Duration.zero
            for _ in 0..<60 {
                let began = ContinuousClock.now
                try trial.query("SELECT FROM a")
                longest = max(longest, ContinuousClock.now - began)
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(longest < .seconds(2))
            try other.execute("COMMIT")
            try await run.end(endingWith: 0)
        }
    }

    @Test func `retries that are used up end with 75 and the pid of who was in the way`() async throws {
        try await withTable("ALTER TABLE a ADD x int;") { trial in
            let other = try trial.database.connect(as: "the application")
            let pid = try #require(try other.query("SELECT pg_backend_pid()").first?.first ?? nil)
            try other.execute("BEGIN; LOCK TABLE a")
            let ended = try await trial.run("--lock-retry-budget", "1500ms", endingWith: 75)
            #expect(try ended.report.holder.map { "\($0.pid)" } == pid, ended.said)
            #expect(try ended.report.failed?.message.contains(pid) == true)
            let failed = try #require(ended.events("run.failed").first)
            #expect(failed.revision == "2" && failed.line == 1 && failed.sqlstate == "55P03", ended.said)
            #expect(try trial.ledger == ["1"])
            try other.execute("COMMIT")
            try await trial.run(endingWith: 0)
        }
    }

    @Test func `a lock timeout in the file is taken instead of the growing one`() async throws {
        try await withTable("-- migrate:up lock_timeout:30s\nALTER TABLE a ADD x int;") { trial in
            let other = try trial.database.connect()
            try other.execute("BEGIN; LOCK TABLE a")
            let run = try trial.start("run")
            try await trial.work(on: "ADD x")
            // The growing one would give up after 100 ms.
            try await Task.sleep(for: .milliseconds(500))
            try other.execute("COMMIT")
            let ended = try await run.end(endingWith: 0)
            #expect(ended.events("revision.retrying").isEmpty, ended.said)
        }
    }

    @Test func `a statement timeout in the file ends what takes too long`() async throws {
        try await withTable("-- migrate:up statement_timeout:200ms\nSELECT pg_sleep(60);") { trial in
            let ended = try await trial.run(endingWith: 3, within: .seconds(10))
            #expect(try ended.report.failed?.sqlstate == "57014", ended.said)
        }
    }

    @Test func `a deadlock is rolled back and tried again`() async throws {
        try await withTrial([
            "1_a.sql": "CREATE TABLE a (); CREATE TABLE b ();",
            "2_b.sql":
                "-- migrate:up lock_timeout:30s\nSET deadlock_timeout = '4s';\nLOCK TABLE a;\nLOCK TABLE b;\nCREATE TABLE c ();",
        ]) { trial in
            try await trial.apus("upgrade", "1", endingWith: 0)
            let other = try trial.database.connect()
            try other.execute("SET deadlock_timeout = '30s'; BEGIN; LOCK TABLE b")
            let run = try trial.start("run")
            try await trial.work(on: "LOCK TABLE b")
            try await eventually("the migration to wait") {
                try trial.isWaiting
            }
            // The migration looks for deadlocks first, and so it is the one that is ended.
            try other.execute("LOCK TABLE a; COMMIT")
            let ended = try await run.end(endingWith: 0)
            #expect(ended.events("revision.retrying").first?.msg.contains("40P01") == true, ended.said)
            #expect(try trial.exists("c"))
        }
    }

    @Test func `a serialization failure is tried again`() async throws {
        let text = """
            -- migrate:up lock_timeout:30s
            BEGIN ISOLATION LEVEL SERIALIZABLE;
            SELECT count(*) FROM n;
            SELECT pg_advisory_xact_lock_shared(77);
            UPDATE n SET x = x + 1;
            COMMIT;
            """
        try await withTrial(["1_a.sql": text]) { trial in
            try trial.execute("CREATE TABLE n AS SELECT 1 AS x; SELECT pg_advisory_lock(77)")
            let run = try trial.start("run")
            try await eventually("the migration to wait") {
                try trial.isWaiting
            }
            try trial.execute("UPDATE n SET x = x + 10; SELECT pg_advisory_unlock(77)")
            let ended = try await run.end(endingWith: 0)
            #expect(ended.events("revision.retrying").first?.msg.contains("40001") == true, ended.said)
            #expect(try trial.value("SELECT x FROM n") == "12")
        }
    }
}
