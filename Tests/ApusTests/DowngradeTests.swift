import Database
import Engine
import Foundation
import TestSupport
import Testing

/// The way back, on a real server.
@Suite(.enabled(if: TestServer.isPresent, "\(TestServer.hint)"), .timeLimit(.minutes(5)))
struct DowngradeTests {
    private static func file(_ name: String, parent: String = "") -> String {
        """
        -- \(name)
        --
        -- Revision ID: \(name)
        -- Revises: \(parent)

        -- migrate:up
        CREATE TABLE \(name) (id int);
        INSERT INTO \(name) VALUES (1);

        -- migrate:down
        DROP TABLE \(name);
        """
    }

    private static let line = [
        "a1_.sql": file("a1"), "a2_.sql": file("a2", parent: "a1"), "a3_.sql": file("a3", parent: "a2"),
    ]

    @Test func `each step undoes one revision and its record together`() async throws {
        try await withTrial(Self.line) { trial in
            try await trial.run(endingWith: 0)
            let back = try await trial.apus("downgrade", "-1", endingWith: 0)
            #expect(back.events("revision.reverted").map(\.revision) == ["a3"])
            let report = try back.report
            #expect(report.direction == .downgrade && report.applied == 1 && report.result == .succeeded)
            #expect(report.from == ["a3"] && report.at == ["a2"] && report.db == "at-target")
            #expect(try trial.ledger == ["a1", "a2"])
            #expect(try !trial.exists("a3") && trial.exists("a2"))
            try await trial.apus("downgrade", "a1", endingWith: 0)
            #expect(try trial.ledger == ["a1"])
            try await trial.apus("downgrade", "base", "--yes", endingWith: 0)
            #expect(try trial.ledger.isEmpty)
            #expect(
                try trial.query("SELECT from_revisions, to_revisions FROM apus_run ORDER BY id").last == [
                    "{a1}", "{}",
                ]
            )
            #expect(try await trial.apus("downgrade", "base", endingWith: 0).report.result == .noop)
            try await trial.run(endingWith: 0)
            #expect(try trial.ledger == ["a1", "a2", "a3"])
        }
    }

    @Test func `a way back that fails leaves its revision as it was`() async throws {
        try await withTrial(Self.line) { trial in
            try trial.write(["a3_.sql": Self.file("a3", parent: "a2") + "\nSELECT nope;"])
            try await trial.run(endingWith: 0)
            let failed = try await trial.apus("downgrade", "a1", "--yes", endingWith: 3)
            let failure = try #require(try failed.report.failed)
            #expect(failure.revision == "a3" && failure.line == 12 && failure.column == 8)
            #expect(try trial.ledger == ["a1", "a2", "a3"])
            #expect(try trial.exists("a3"))
        }
    }

    @Test func `without a way back nothing is undone at all`() async throws {
        try await withTrial(Self.line) { trial in
            try trial.write([
                "a2_.sql": "-- Revision ID: a2\n-- Revises: a1\n-- migrate:up\nCREATE TABLE a2 ();"
            ])
            try await trial.run(endingWith: 0)
            let refused = try await trial.apus("downgrade", "base", "--yes", endingWith: 65)
            #expect(
                try #require(try refused.report.failed).message.contains("a2_.sql has no \"-- migrate:down\"")
            )
            #expect(try trial.ledger == ["a1", "a2", "a3"])
        }
    }

    @Test func `the way back may stand in a file of its own`() async throws {
        let files = [
            "1_a.up.sql": "CREATE TABLE a ();", "1_a.down.sql": "DROP TABLE a;",
            "2_b.up.sql": "CREATE TABLE b ();", "2_b.down.sql": "-- migrate:down\nDROP TABLE b;",
        ]
        try await withTrial(files) { trial in
            try await trial.run(endingWith: 0)
            try await trial.apus("downgrade", "-2", "--yes", endingWith: 0)
            #expect(try trial.ledger.isEmpty)
            #expect(try !trial.exists("a") && !trial.exists("b"))
        }
    }

    @Test func `in a container it takes a word more to undo a lot`() async throws {
        try await withTrial(Self.line) { trial in
            let container: [String: String?] = ["container": "podman"]
            try await trial.run(endingWith: 0)
            let refused = try await trial.apus("downgrade", "a1", environment: container, endingWith: 64)
            #expect(try #require(try refused.report.failed).message.contains("undo 2 revisions: a3; a2"))
            #expect(try trial.ledger == ["a1", "a2", "a3"])
            try await trial.apus("downgrade", "-1", environment: container, endingWith: 0)
            try await trial.apus("downgrade", "a1", "--yes", environment: container, endingWith: 0)
            try await trial.apus("downgrade", "-1", environment: container, endingWith: 64)
            try await trial.apus("downgrade", "-1", "--dry-run", environment: container, endingWith: 0)
            #expect(try trial.ledger == ["a1"])
        }
    }

    @Test func `after a merge the last applied revision goes first`() async throws {
        let files = [
            "r_.sql": Self.file("r"), "x_.sql": Self.file("x", parent: "r"),
            "y_.sql": Self.file("y", parent: "r"), "m_.sql": Self.file("m", parent: "x, y"),
        ]
        try await withTrial(files) { trial in
            try await trial.apus("upgrade", "y", endingWith: 0)
            try await trial.apus("upgrade", "heads", endingWith: 0)
            #expect(try trial.ledger == ["r", "y", "x", "m"])
            try await trial.apus("downgrade", "-1", endingWith: 0)
            #expect(try trial.ledger == ["r", "y", "x"])
            try await trial.apus("downgrade", "-1", endingWith: 0)
            #expect(try trial.ledger == ["r", "y"])
        }
    }

    private static let stepwise = [
        "1_a.sql": """
        -- migrate:up transaction:false
        CREATE TABLE a (id int);
        CREATE INDEX CONCURRENTLY a_id ON a (id);
        -- migrate:down transaction:false
        DROP INDEX CONCURRENTLY a_id;
        DROP TABLE b;
        DROP TABLE a;
        """
    ]

    @Test func `a way back that stopped half way is taken up where it stopped`() async throws {
        try await withTrial(Self.stepwise) { trial in
            try await trial.run(endingWith: 0)
            let failed = try await trial.apus("downgrade", "base", "--yes", endingWith: 4)
            #expect(try failed.report.db == "dirty")
            #expect(try trial.ledger == ["1 revert_failed"])
            let status = try await trial.apus("status", endingWith: 0)
            #expect(status.output.contains("half reverted"))
            let up = try await trial.run(endingWith: 4)
            let message = try #require(try up.report.failed).message
            #expect(
                message.contains(
                    "1 statement is committed. Finish that first: apus downgrade 1@base --resume."
                )
            )
            try await trial.apus("check", endingWith: 4)
            try await trial.apus("downgrade", "1", endingWith: 4)
            try await trial.apus("downgrade", "base", "--yes", endingWith: 4)
            try trial.execute("CREATE TABLE b ()")
            let resumed = try await trial.apus("downgrade", "1@base", "--yes", "--resume", endingWith: 0)
            #expect(resumed.events("revision.statement").map(\.index) == [2, 3])
            #expect(try trial.ledger.isEmpty)
            #expect(try !trial.exists("a") && !trial.exists("b"))
        }
    }

    @Test func `a way back whose first statement fails leaves an applied revision`() async throws {
        try await withTrial(Self.stepwise) { trial in
            try await trial.run(endingWith: 0)
            try trial.execute("DROP INDEX a_id")
            try await trial.apus("downgrade", "base", "--yes", endingWith: 3)
            #expect(try trial.ledger == ["1"])
            #expect(try await trial.run(endingWith: 0).report.result == .noop)
        }
    }

    @Test func `what is half applied has to be finished before anything is undone`() async throws {
        let files = Self.line.merging([
            "a4_.sql":
                "-- Revision ID: a4\n-- Revises: a3\n-- migrate:up transaction:false\nCREATE TABLE a4 ();\nSELECT nope;"
        ]) { $1 }
        try await withTrial(files) { trial in
            try await trial.run(endingWith: 4)
            let refused = try await trial.apus("downgrade", "-1", endingWith: 4)
            #expect(try #require(try refused.report.failed).message.contains("apus upgrade a4 --resume"))
            #expect(try trial.ledger == ["a1", "a2", "a3", "a4 failed"])
        }
    }

    @Test func `a backup is made before anything is undone, and is told which way it goes`() async throws {
        try await withTrial(Self.line) { trial in
            try await trial.run(endingWith: 0)
            let hook = try trial.folder.write(
                "#!/bin/sh\nenv > \(trial.folder.path)/seen\necho '{\"artifact\":{\"id\":\"b\"}}'\n",
                to: "hook",
                mode: 0o755
            )
            try await trial.apus(
                "downgrade",
                "-1",
                "--backup-command",
                hook,
                "--tag",
                "release 7",
                endingWith: 0
            )
            let seen = try String(contentsOfFile: "\(trial.folder.path)/seen", encoding: .utf8)
            #expect(seen.contains("APUS_DIRECTION=downgrade") && seen.contains("APUS_TAG=release 7"))
            #expect(seen.contains("APUS_FROM=a3") && seen.contains("APUS_TO=a2"))
        }
    }

    @Test func `a dry run does everything and leaves nothing`() async throws {
        try await withTrial(Self.line) { trial in
            let tried = try await trial.apus("upgrade", "--dry-run", endingWith: 0)
            #expect(tried.events("revision.applied").count == 3)
            #expect(try tried.report.dry_run == true && tried.report.db == "unchanged")
            #expect(try tried.report.applied == 0 && tried.report.pending == 3)
            #expect(try !trial.exists("apus_revision") && !trial.exists("a1"))
            try trial.write([
                "a3_.sql": "-- Revision ID: a3\n-- Revises: a2\nCREATE TABLE a3 ();\nSELECT nope FROM a2;"
            ])
            let failed = try await trial.apus("upgrade", "--dry-run", endingWith: 3)
            let failure = try #require(try failed.report.failed)
            #expect(failure.revision == "a3" && failure.line == 4 && failure.column == 8)
            #expect(try !trial.exists("apus_revision") && !trial.exists("a1"))
            try await trial.apus("upgrade", "a2", endingWith: 0)
            try await trial.apus("downgrade", "base", "--dry-run", endingWith: 0)
            #expect(try trial.ledger == ["a1", "a2"])
            #expect(try trial.exists("a1") && trial.isQuiet)
        }
    }

    @Test func `a dry run ends before what cannot be taken back, and says so`() async throws {
        let files = [
            "1_a.sql": "SET search_path = pg_catalog; CREATE TABLE public.a (id int);",
            "2_b.sql": "CREATE TABLE b ();", "3_c.sql": "CREATE INDEX CONCURRENTLY ON a (id);",
        ]
        try await withTrial(files) { trial in
            let tried = try await trial.apus("upgrade", "--dry-run", endingWith: 0)
            #expect(tried.events("revision.applied").map(\.revision) == ["1", "2"])
            #expect(
                tried.events("warning").contains { $0.msg.contains("3_c.sql runs outside a transaction") }
            )
            #expect(try !trial.exists("a") && !trial.exists("b"))
        }
    }

    @Test func `to go up to what is applied already says what would go down`() async throws {
        try await withTrial(Self.line) { trial in
            try await trial.run(endingWith: 0)
            let nothing = try await trial.apus("upgrade", "a1", endingWith: 0)
            #expect(nothing.events("plan").first?.msg.contains("a1 is applied already") == true)
            #expect(try nothing.report.result == .noop)
            #expect(try await trial.apus("downgrade", "-9", "--yes").code == 64)
            #expect(try await trial.apus("downgrade", "nope").code == 64)
            #expect(try await trial.apus("downgrade", "+1").code == 64)
            #expect(try await trial.apus("downgrade").code == 64)
        }
    }

    @Test func `a way back that was killed is taken up by itself`() async throws {
        let files = [
            "1_a.sql": """
            -- migrate:up
            CREATE TABLE a (id int);
            CREATE TABLE log (x text);
            -- migrate:down transaction:false
            INSERT INTO log VALUES ('first');
            \(Trial.gate)
            DROP TABLE a;
            """
        ]
        try await withTrial(files) { trial in
            try await trial.run(endingWith: 0)
            try trial.closeGate()
            let started = try trial.start("downgrade", "base", "--yes")
            try await trial.work(on: "pg_sleep")
            started.program.send(SIGKILL)
            _ = try await started.end()
            try trial.openGate()
            #expect(try trial.ledger == ["1 reverting"])
            let resumed = try await trial.apus("downgrade", "base", "--yes", endingWith: 0)
            // What the server still finished by itself is not done again; the first statement in no case.
            let done = resumed.events("revision.statement").compactMap(\.index)
            #expect(!done.contains(1) && done.last == 3, resumed.said)
            #expect(try trial.ledger.isEmpty && trial.value("SELECT count(*) FROM log") == "1")
        }
    }

    @Test func `a way back that was begun is no reason to run the way up once more`() async throws {
        let files = [
            "1_a.sql":
                "-- migrate:up transaction:false\nCREATE TABLE IF NOT EXISTS a (x int);\nINSERT INTO a VALUES (1);\n-- migrate:down transaction:false\n\(Trial.gate)\nDROP TABLE a;"
        ]
        try await withTrial(files) { trial in
            try await trial.run(endingWith: 0)
            try trial.closeGate()
            let started = try trial.start("downgrade", "base", "--yes")
            try await trial.work(on: "pg_sleep")
            #expect(try await started.end(by: SIGTERM).0.code == 143)
            #expect(try trial.ledger == ["1 reverting"])
            let up = try await trial.run(endingWith: 4)
            let message = try #require(try up.report.failed).message
            #expect(message.contains("0 statements are committed. Finish that first: apus downgrade 1@base."))
            let check = try await trial.apus("check", endingWith: 4)
            #expect(check.output.contains("revision 1 is half reverted"))
            try await trial.apus("status", "--exit-code", endingWith: 4)
            #expect(try trial.value("SELECT count(*) FROM a") == "1")
            try trial.openGate()
            try await trial.apus("downgrade", "base", "--yes", endingWith: 0)
            #expect(try trial.ledger.isEmpty && !trial.exists("a"))
        }
    }

    @Test func `a variable for dry runs does not reach the job`() async throws {
        try await withTrial(Self.line) { trial in
            try await trial.run(environment: ["APUS_DRY_RUN": "true"], endingWith: 0)
            #expect(try trial.ledger == ["a1", "a2", "a3"])
            try await trial.apus("downgrade", "-1", environment: ["APUS_DRY_RUN": "true"], endingWith: 0)
            #expect(try trial.ledger == ["a1", "a2", "a3"])
        }
    }

    @Test func `SIGTERM takes a way back in a transaction back`() async throws {
        let files = ["1_a.sql": "CREATE TABLE a (id int);\n-- migrate:down\nDROP TABLE a;\n\(Trial.gate)"]
            .mapValues { "-- migrate:up\n" + $0 }
        try await withTrial(files) { trial in
            try await trial.run(endingWith: 0)
            try trial.closeGate()
            let started = try trial.start("downgrade", "base", "--yes")
            try await trial.work(on: "pg_sleep")
            let (ended, _) = try await started.end(by: SIGTERM)
            #expect(ended.code == 143)
            #expect(try ended.report.db == "unchanged" && ended.report.direction == .downgrade)
            #expect(try trial.ledger == ["1"] && trial.exists("a") && trial.isQuiet)
        }
    }
}
