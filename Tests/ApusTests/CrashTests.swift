import Database
import Engine
import Foundation
import Postgres
import TestSupport
import Testing

/// Runners that are killed, and runners that meet.
@Suite(.enabled(if: TestServer.isPresent, "\(TestServer.hint)"), .timeLimit(.minutes(5)))
struct CrashTests {
    private static let concurrently = "-- migrate:up transaction:false\n"

    @Test func `after kill -9 in a transaction the next run waits for the orphan and applies it once`()
        async throws
    {
        try await withTrial(["1_a.sql": "CREATE TABLE a (); SELECT pg_sleep(600); -- killed\n"]) { trial in
            let first = try trial.start("run")
            let orphan = try await trial.work(on: "pg_sleep")
            first.program.send(SIGKILL)
            try await first.end()
            try trial.write(["1_a.sql": "CREATE TABLE a ();\nSELECT count(*) FROM a;"])
            let second = try await trial.run(endingWith: 0, within: .seconds(15))
            #expect(try trial.value("SELECT count(*) FROM pg_stat_activity WHERE pid = \(orphan)") == "0")
            // Whether it had to wait depends on how soon the server noticed; the next test makes it wait.
            #expect(try second.report.applied == 1, second.said)
            let outcomes = try trial.value(
                "SELECT string_agg(outcome, ' ' ORDER BY started_at) FROM apus_run"
            )
            #expect(outcomes == "lost succeeded")
            #expect(try trial.ledger == ["1"])
        }
    }

    @Test func `an orphan that its server does not notice holds the next run up until it has ended`()
        async throws
    {
        let text = "CREATE TABLE a ();\nSET client_connection_check_interval = 0;\n\(Trial.gate)"
        try await withTrial(["1_a.sql": text]) { trial in
            try trial.closeGate()
            let first = try trial.start("run")
            let orphan = try await trial.work(on: "gate")
            first.program.send(SIGKILL)
            try await first.end()
            let second = try trial.start("run")
            #expect(try await second.event("lock.waiting").pid == orphan)
            try trial.openGate()
            let ended = try await second.end(endingWith: 0)
            // The orphan's COMMIT counts as much as any other: its record says that there is nothing to do.
            #expect(try ended.report.applied == 0, ended.said)
            #expect(try trial.ledger == ["1"])
        }
    }

    @Test func `after kill -9 between statements the next run goes on with the next one`() async throws {
        let text = """
            -- migrate:up transaction:false
            CREATE TABLE a ();
            \(Trial.gate)
            CREATE TABLE b ();
            """
        try await withTrial(["1_a.sql": text]) { trial in
            try trial.closeGate()
            let first = try trial.start("run")
            try await trial.work(on: "gate")
            #expect(try trial.exists("a"))
            first.program.send(SIGKILL)
            try await first.end()
            #expect(try trial.ledger == ["1 running"])
            try await eventually("the orphan's end") { try trial.isQuiet }
            try trial.openGate()
            let second = try await trial.run(endingWith: 0)
            #expect(second.events("revision.resuming").first?.index == 1, second.said)
            #expect(second.events("revision.statement").map(\.index) == [2, 3])
            #expect(try trial.ledger == ["1"])
            #expect(try trial.exists("b"))
        }
    }

    @Test
    func `after kill -9 during CREATE INDEX CONCURRENTLY the next run drops what is left and makes it anew`()
        async throws
    {
        try await withTrial([
            "1_a.sql": "CREATE TABLE a (id int); INSERT INTO a SELECT generate_series(1, 1000);",
            "2_b.sql": CrashTests.concurrently + "CREATE INDEX CONCURRENTLY a_id ON a (id);",
        ]) { trial in
            try await trial.apus("upgrade", "1", endingWith: 0)
            let other = try trial.database.connect()
            try other.execute("BEGIN; INSERT INTO a VALUES (0)")
            let first = try trial.start("run")
            let orphan = try await trial.work(on: "CREATE INDEX")
            try await eventually("the invalid index") { try trial.exists("a_id") }
            first.program.send(SIGKILL)
            try await first.end()
            try await eventually("the orphan's end") {
                try trial.value("SELECT count(*) FROM pg_stat_activity WHERE pid = \(orphan)") == "0"
            }
            #expect(
                try trial.value("SELECT indisvalid FROM pg_index WHERE indexrelid = 'a_id'::regclass") == "f"
            )
            try other.execute("COMMIT")
            let second = try await trial.run(endingWith: 0)
            #expect(second.events("index.dropped").count == 1, second.said)
            #expect(
                try trial.value("SELECT indisvalid FROM pg_index WHERE indexrelid = 'a_id'::regclass") == "t"
            )
            #expect(try trial.ledger == ["1", "2"])
        }
    }

    @Test func `an index that was finished right before the kill is not made twice`() async throws {
        let text = CrashTests.concurrently + "CREATE INDEX CONCURRENTLY a_id ON a (id);\nCREATE TABLE c ();"
        try await withTrial(["1_a.sql": "CREATE TABLE a (id int);", "2_b.sql": text]) { trial in
            try await trial.apus("upgrade", "1", endingWith: 0)
            // What a runner leaves that was killed between the index and its note.
            try trial.execute("CREATE INDEX a_id ON a (id)")
            try trial.execute(
                """
                INSERT INTO apus_revision (revision, checksum, description, execution_ms, run_id, state, tool_version)
                VALUES ('2', '', 'b', 0, 'killed', 'running', '0')
                """
            )
            let ended = try await trial.run(endingWith: 0)
            #expect(try trial.exists("c"), ended.said)
            #expect(try trial.ledger == ["1", "2"])
        }
    }

    @Test func `a file that takes the ledger's schema away is told so, not one of its statements`()
        async throws
    {
        for way in [
            "ALTER SCHEMA public RENAME TO old; CREATE SCHEMA public;", "DROP SCHEMA public CASCADE;",
        ] {
            try await withTrial(["1_a.sql": "SELECT 1;"]) { trial in
                try await trial.run(endingWith: 0)
                try trial.write(["2_b.sql": "\(way)\nCREATE SCHEMA other;\n"])
                for refused in [
                    try await trial.apus("upgrade", "--dry-run", endingWith: 3),
                    try await trial.run(endingWith: 3),
                ] {
                    let failed = try #require(try refused.report.failed)
                    #expect(
                        failed.message.contains("Apus's own record of revision 2 was refused"),
                        refused.said
                    )
                    #expect(failed.message.contains("--ledger-schema") && failed.line == nil, refused.said)
                    #expect(try refused.report.hint?.contains("line shown") == false)
                    #expect(try trial.ledger == ["1"])
                }
            }
        }
    }

    @Test func `a statement that fails after others ends with 4, and --resume goes on once it is mended`()
        async throws
    {
        let good =
            CrashTests.concurrently + "CREATE TABLE a (id int);\nCREATE INDEX CONCURRENTLY a_id ON a (id);\n"
        try await withTrial(["1_a.sql": good + "SELECT nosuch;\n"]) { trial in
            let first = try await trial.run(endingWith: 4)
            #expect(try first.report.db == "dirty")
            #expect(try first.report.failed?.statement == 3, first.said)
            #expect(try first.report.failed?.line == 4)
            #expect(try trial.ledger == ["1 failed"])
            try trial.write(["1_a.sql": good + "SELECT 1;\n"])
            let second = try await trial.run(endingWith: 4)
            #expect(try second.report.failed?.message.contains("2 of 3 statements are") == true, second.said)
            #expect(try second.report.failed?.message.contains("1_a.sql:4) fail") == true, second.said)
            #expect(try second.report.failed?.line == 4)
            let edited = good.replacing("id int", with: "id bigint") + "SELECT 1;\n"
            try trial.write(["1_a.sql": edited])
            let third = try await trial.run("--resume", endingWith: 4)
            #expect(try third.report.failed?.message.contains("were edited since") == true, third.said)
            try trial.write(["1_a.sql": good + "SELECT 1;\n"])
            try await trial.run("--resume", endingWith: 0)
            #expect(try trial.ledger == ["1"])
            try await trial.run(endingWith: 0)
            try await trial.apus("status", "--exit-code", endingWith: 0)
        }
    }

    @Test func `when the first statement fails nothing is dirty and no row is left`() async throws {
        try await withTrial(["1_a.sql": CrashTests.concurrently + "SELECT nosuch;\nCREATE TABLE a ();"]) {
            trial in
            let ended = try await trial.run(endingWith: 3)
            #expect(try ended.report.db == "unchanged")
            #expect(try trial.ledger == [])
            try trial.write(["1_a.sql": CrashTests.concurrently + "SELECT 1;\nCREATE TABLE a ();"])
            try await trial.run(endingWith: 0)
        }
    }

    @Test func `when the first transaction of a file fails nothing is dirty and no row is left`() async throws
    {
        let text =
            "BEGIN;\nCREATE TABLE a ();\nSELECT nosuch;\nCOMMIT;\nBEGIN;\nCREATE TABLE b ();\nCOMMIT;\n"
        try await withTrial(["1_a.sql": text]) { trial in
            let ended = try await trial.run(endingWith: 3)
            #expect(try ended.report.failed?.line == 3, ended.said)
            #expect(try trial.ledger == [])
            #expect(try !trial.exists("a"))
        }
    }

    @Test
    func
        `when the second transaction of a file fails the first one stays, and --resume begins the second anew`()
        async throws
    {
        let text =
            "BEGIN;\nCREATE TABLE a ();\nCOMMIT;\nBEGIN;\nCREATE TABLE b ();\nSELECT nosuch;\nCOMMIT;\n"
        try await withTrial(["1_a.sql": text]) { trial in
            let first = try await trial.run(endingWith: 4)
            #expect(try trial.exists("a") && !trial.exists("b"), first.said)
            try trial.write(["1_a.sql": text.replacing("nosuch", with: "1")])
            let second = try await trial.run("--resume", endingWith: 0)
            #expect(second.events("revision.resuming").first?.index == 1, second.said)
            #expect(try trial.exists("b"))
            #expect(try trial.ledger == ["1"])
        }
    }

    @Test(arguments: ["apus", "alembic"])
    func `a COMMIT of a file that is refused is a failure at its transaction`(ledger: String) async throws {
        let text = """
            CREATE TABLE a (id int PRIMARY KEY);
            BEGIN;
            CREATE TABLE b (a int REFERENCES a DEFERRABLE INITIALLY DEFERRED);
            INSERT INTO b VALUES (1);
            COMMIT;
            CREATE INDEX CONCURRENTLY a_id ON a (id);
            """
        try await withTrial(["1_a.sql": text]) { trial in
            let ended = try await trial.run("--ledger", ledger, endingWith: 4)
            #expect(try ended.report.failed?.sqlstate == "23503", ended.said)
            #expect(try ended.report.failed?.line == 4, ended.said)
            #expect(try trial.exists("a") && !trial.exists("b"))
            #expect(try trial.ledger == ["1 failed"])
            try trial.write(["1_a.sql": text.replacing("VALUES (1)", with: "SELECT id FROM a")])
            try await trial.run("--ledger", ledger, "--resume", endingWith: 0)
            #expect(try trial.exists("b") && trial.exists("a_id"))
        }
    }

    @Test func `a transaction of a file that takes the ledger away is told so`() async throws {
        let text = "CREATE TABLE a ();\nBEGIN;\nDROP TABLE apus_revision;\nCOMMIT;\nCREATE TABLE b ();\n"
        try await withTrial(["1_a.sql": text]) { trial in
            let ended = try await trial.run(endingWith: 4)
            let message = try ended.report.failed?.message
            #expect(message?.contains("Apus's own record of revision 1 was refused") == true, ended.said)
            #expect(try trial.ledger == ["1 failed"])
            #expect(try !trial.exists("b"))
        }
    }

    @Test func `an index that cannot be unique leaves nothing invalid behind`() async throws {
        try await withTrial([
            "1_a.sql": "CREATE TABLE a (id int); INSERT INTO a VALUES (1), (1);",
            "2_b.sql": CrashTests.concurrently + "CREATE UNIQUE INDEX CONCURRENTLY a_id ON a (id);",
        ]) { trial in
            let ended = try await trial.run(endingWith: 3)
            #expect(try ended.report.failed?.sqlstate == "23505", ended.said)
            #expect(try !trial.exists("a_id"))
            #expect(try trial.ledger == ["1"])
        }
    }

    @Test(arguments: [2, 5])
    func `runners that start at once apply each migration once and all succeed`(count: Int) async throws {
        let files = Dictionary(
            uniqueKeysWithValues: (1...6).map {
                ("\($0)_t.sql", "CREATE TABLE t\($0) (); SELECT pg_sleep(0.05);")
            }
        )
        try await withTrial(files) { trial in
            for round in [6, 12] {
                let runs = try (0..<count).map { _ in
                    try trial.start("run", environment: ["APUS_REPORT_FILE": nil])
                }
                var applied = 0
                for run in runs {
                    let ended = try await run.end(endingWith: 0)
                    applied += try ended.report.applied
                }
                #expect(applied == 6)
                #expect(try trial.ledger.count == round)
                #expect(try trial.outcomes.count == round / 6)
                for number in 7...12 {
                    try trial.write(["\(number)_t.sql": Trial.slowIndex(number)])
                }
            }
            #expect(try trial.value("SELECT count(*) FROM pg_index WHERE NOT indisvalid") == "0")
        }
    }

    @Test func `two histories in one database do not wait for each other`() async throws {
        try await withTrial(["1_a.sql": Trial.gate]) { trial in
            try trial.execute("CREATE SCHEMA one; CREATE SCHEMA two")
            try trial.closeGate()
            try trial.folder.write("CREATE TABLE b ();", to: "other/1_b.sql")
            let first = try trial.start("run", "--ledger-schema", "one")
            try await trial.work(on: "gate")
            // A runner's session has to be older than half a second to be taken for one that was left behind.
            try trial.query("SELECT pg_sleep(0.7)")
            let other = try await trial.run(
                "--ledger-schema",
                "two",
                "--migrations",
                "\(trial.folder.path)/other",
                "--terminate-orphans",
                "--lock-wait-timeout",
                "2s",
                endingWith: 0
            )
            #expect(other.events("lock.orphans").isEmpty, other.said)
            try trial.openGate()
            try await first.end(endingWith: 0)
        }
    }

    @Test func `a session at work that has lost its lock is waited for, or ended on demand`() async throws {
        try await withTrial(["1_a.sql": "CREATE TABLE a ();"]) { trial in
            let orphan = try trial.database.connect(as: "apus/ORPHAN01@gone")
            let thread = Task.detached { [orphan = Unchecked(orphan)] in
                _ = try? orphan.value.query("SELECT pg_sleep(60)")
            }
            try await trial.work(on: "pg_sleep")
            try trial.query("SELECT pg_sleep(0.7)")
            let patient = try await trial.run("--lock-wait-timeout", "1s", endingWith: 75)
            #expect(patient.events("lock.orphans").count == 1, patient.said)
            try await trial.run("--terminate-orphans", endingWith: 0)
            await thread.value
        }
    }
}

/// A value that one thread hands to another and does not touch again.
private struct Unchecked<Value>: @unchecked Sendable {
    let value: Value
    init(_ value: Value) { self.value = value }
}

extension Trial {
    fileprivate static func slowIndex(_ number: Int) -> String {
        "CREATE TABLE t\(number) (id int);\nCREATE INDEX CONCURRENTLY t\(number)_id ON t\(number) (id);"
    }
}
