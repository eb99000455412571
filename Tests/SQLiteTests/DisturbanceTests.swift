import Foundation
import SQLite
import Testing

/// What happens to the job from outside.
@Suite struct DisturbanceTests {
    @Test func `two runners at once apply everything once`() throws {
        try withWorkplace { place in
            try place.migrate(
                "CREATE TABLE a (x);\n\(Slow.select(seconds: 1));\nINSERT INTO a VALUES (1);",
                "INSERT INTO a VALUES (2);"
            )
            let jobs = try (0..<4).map { _ in try Job(place, ["run"]) }
            #expect(jobs.map { $0.end() } == [0, 0, 0, 0])
            #expect(try place.column("SELECT x FROM a") == ["1", "2"])
            #expect(try place.column("SELECT count(*) FROM apus_run") == ["1"])
            #expect(!place.exists("app.db-apus.lock"))
        }
    }

    @Test func `who has to wait too long is told who is in the way`() throws {
        try withWorkplace { place in
            try place.migrate("CREATE TABLE a (x);\n\(Slow.forever);")
            let first = try Job(place, ["run"])
            first.until("revision.applying")
            let second = try place.run("run", "--lock-wait-timeout", "500ms")
            #expect(second.code == 75)
            #expect(second.text.contains("another runner holds the lock: session \(first.pid) \\\"apus/"))
            first.signal(SIGTERM)
            #expect(first.end() == 143)
        }
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func `a signal ends a long statement at once, and nothing of it stays`(number: Int32) throws {
        try withWorkplace { place in
            try place.migrate("CREATE TABLE a (x);")
            try place.run("run")
            let before = try place.dump()
            try place.migrate("CREATE TABLE b (x);\n\(Slow.forever);")
            let job = try Job(place, ["run"])
            job.until("revision.applying")
            usleep(300_000)
            let began = ContinuousClock.now
            job.signal(number)
            #expect(job.end() == 128 + number)
            #expect(ContinuousClock.now - began < .seconds(2))
            #expect(try place.dump() == before)
            #expect(
                try place.column("SELECT outcome FROM apus_run ORDER BY started_at") == [
                    "succeeded", "interrupted",
                ]
            )
            #expect(!place.exists("app.db-apus.lock"))
        }
    }

    @Test(arguments: ["DELETE", "WAL"])
    func `a killed runner leaves the last revision, and the next one goes on`(mode: String) throws {
        try withWorkplace { place in
            try place.migrate(
                "-- migrate:up transaction:false\nPRAGMA journal_mode = \(mode);\nCREATE TABLE a (x);"
            )
            try place.run("run")
            let before = try place.dump()
            // More than the page cache holds, so that pages of the transaction are in the file when it is killed.
            try place.migrate(
                """
                CREATE TABLE b AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
                    SELECT i, randomblob(500) AS junk FROM n;
                \(Slow.forever);
                """
            )
            let job = try Job(place, ["run"])
            job.until("revision.applying")
            sleep(1)
            job.signal(SIGKILL)
            #expect(job.end() == -SIGKILL)
            #expect(place.exists("app.db-apus.lock"))
            #expect(try place.run("status", "--exit-code").code == 9)
            #expect(try place.column("PRAGMA integrity_check") == ["ok"])
            #expect(try place.dump() == before)
            try place.write("CREATE TABLE b (x);", as: 2)
            #expect(try place.run("run").code == 0)
            #expect(!place.exists("app.db-apus.lock"))
        }
    }

    @Test func `a killed runner of a stepwise migration is followed by one that takes it up`() throws {
        try withWorkplace { place in
            let head = "-- migrate:up transaction:false\nCREATE TABLE a (x);\nINSERT INTO a VALUES (1);\n"
            try place.migrate("\(head)\(Slow.forever);")
            let job = try Job(place, ["run"])
            job.until("\"index\":3")
            job.signal(SIGKILL)
            job.end()
            try place.write("\(head)SELECT 1;", as: 1)
            #expect(try place.run("run").code == 0)
            #expect(try place.column("SELECT x FROM a") == ["1"])
            #expect(try place.column("SELECT state FROM apus_revision") == ["applied"])
        }
    }
}
