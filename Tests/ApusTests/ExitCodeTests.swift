import Engine
import Foundation
import Glibc
import TestSupport
import Testing

/// Every exit code that can be reached, and what is left in the database then.
@Suite(.enabled(if: TestServer.isPresent, "\(TestServer.hint)"), .timeLimit(.minutes(5)))
struct ExitCodeTests {
    // MARK: 1, 3

    @Test func `a ledger table of a strange form is an error of no class`() async throws {
        try await withTrial(["1_a.sql": "CREATE TABLE a ();"]) { trial in
            try trial.execute("CREATE TABLE apus_revision (wrong int)")
            let ended = try await trial.run()
            #expect(ended.code == 1, ended.said)
            #expect(try !trial.exists("a"))
        }
    }

    @Test func `a failing migration is rolled back and shown with its place, and earlier ones stay`()
        async throws
    {
        try await withTrial([
            "1_a.sql": "CREATE TABLE a ();",
            "2_b.sql": "CREATE TABLE b (x int);\n\n  INSERT INTO b VALUES (1), (nosuch);\nSELECT 1;",
            "3_c.sql": "CREATE TABLE c ();",
        ]) { trial in
            let ended = try await trial.run("--log-format", "text")
            #expect(ended.code == 3, ended.said)
            #expect(ended.errors.contains("2_b.sql:3:30: error 42703: column \"nosuch\" does not exist"))
            let caret = "3 |   INSERT INTO b VALUES (1), (nosuch);"
            let lines = ended.errors.split(separator: "\n")
            let shown = try #require(lines.firstIndex { $0.hasSuffix(caret) })
            let place = try #require(lines[shown].firstRange(of: "nosuch")?.lowerBound)
            let column = lines[shown].distance(from: lines[shown].startIndex, to: place)
            #expect(
                lines[shown + 1].firstIndex(of: "^").map { lines[shown + 1].prefix(upTo: $0).count } == column
            )
            #expect(try trial.ledger == ["1"])
            #expect(try trial.exists("a") && !trial.exists("b") && !trial.exists("c"))
            #expect(try trial.isQuiet)
        }
    }

    @Test func `the report of a failure has file, line, column, statement and SQLSTATE`() async throws {
        try await withTrial(["1_a.sql": "CREATE TABLE a ();\nCREATE TABLE é (x int);\nSELECT 'é', oops();"]) {
            trial in
            let ended = try await trial.run()
            let failed = try #require(try ended.report.failed)
            #expect(
                (failed.line, failed.column, failed.statement, failed.sqlstate) == (3, 13, 3, "42883"),
                ended.said
            )
            #expect(failed.revision == "1")
            #expect(try ended.report.db == "unchanged")
            #expect(try trial.outcomes == ["failed"])
            #expect(try trial.value("SELECT exit_code FROM apus_run") == "3")
        }
    }

    @Test func `a deferred constraint that fails at COMMIT rolls everything back`() async throws {
        try await withTrial([
            "1_a.sql": """
            CREATE TABLE a (id int PRIMARY KEY);
            CREATE TABLE b (a int REFERENCES a DEFERRABLE INITIALLY DEFERRED);
            INSERT INTO b VALUES (1);
            """
        ]) { trial in
            let ended = try await trial.run()
            #expect(ended.code == 3, ended.said)
            #expect(try ended.report.failed?.sqlstate == "23503")
            #expect(try !trial.exists("a"))
            #expect(try trial.ledger == [])
        }
    }

    @Test func `a file that leaves its own transaction open is no success`() async throws {
        try await withTrial(["1_a.sql": "CREATE TABLE a ();\nBEGIN;\nCREATE TABLE b ();\n"]) { trial in
            let ended = try await trial.run(endingWith: 4)
            #expect(try ended.report.failed?.message.contains("transaction open") == true, ended.said)
            #expect(try trial.exists("a") && !trial.exists("b"))
            #expect(try trial.ledger == ["1 failed"])
        }
        try await withTrial(["1_a.sql": "BEGIN;\nCREATE TABLE b ();\n"]) { trial in
            try await trial.run(endingWith: 3)
            #expect(try trial.ledger == [])
        }
    }

    // MARK: 6, 7, 8

    @Test func `a migration that takes records out of the ledger is found out`() async throws {
        try await withTrial([
            "1_a.sql": "CREATE TABLE a ();", "2_b.sql": "DELETE FROM apus_revision WHERE revision = '1';",
        ]) { trial in
            let ended = try await trial.run()
            #expect(ended.code == 6, ended.said)
            #expect(try ended.report.db == "advanced")
        }
    }

    @Test func `an edited file is noticed, and let pass on demand`() async throws {
        try await withTrial(["1_a.sql": "CREATE TABLE a ();"]) { trial in
            try await trial.run(endingWith: 0)
            try trial.write(["1_a.sql": "CREATE TABLE a (id int);", "2_b.sql": "CREATE TABLE b ();"])
            let ended = try await trial.run()
            #expect(ended.code == 7, ended.said)
            #expect(try !trial.exists("b"))
            let allowed = try await trial.run("--on-edited", "warn")
            #expect(allowed.code == 0, allowed.said)
            #expect(allowed.events("warning").count == 1)
        }
    }

    @Test func `a byte order mark and line ends of another system are no edit`() async throws {
        let text = "-- migrate:up\nCREATE TABLE a ();\n\nCREATE TABLE b ();\n"
        try await withTrial(["1_a.sql": text]) { trial in
            try await trial.run(endingWith: 0)
            try trial.write(["1_a.sql": "\u{FEFF}" + text.replacingOccurrences(of: "\n", with: "\r\n")])
            try await trial.run(endingWith: 0)
            try await trial.apus("status", "--exit-code", endingWith: 0)
        }
    }

    @Test func `a missing file is noticed`() async throws {
        try await withTrial(["1_a.sql": "CREATE TABLE a ();", "2_b.sql": "CREATE TABLE b ();"]) { trial in
            try await trial.run(endingWith: 0)
            trial.folder.removeFile("migrations/1_a.sql")
            try await trial.run(endingWith: 7)
            try await trial.apus("status", "--exit-code", endingWith: 7)
        }
    }

    @Test func `a file that comes late is noticed, and applied on demand`() async throws {
        try await withTrial(["1_a.sql": "CREATE TABLE a ();", "3_c.sql": "CREATE TABLE c ();"]) { trial in
            try await trial.run(endingWith: 0)
            try trial.write(["2_b.sql": "CREATE TABLE b ();"])
            let ended = try await trial.run()
            #expect(ended.code == 7, ended.said)
            #expect(try !trial.exists("b"))
            try await trial.run("--on-out-of-order", "warn", endingWith: 0)
            #expect(try trial.exists("b"))
        }
    }

    @Test func `a database that is newer than the files is noticed, and accepted on demand`() async throws {
        try await withTrial(["1_a.sql": "CREATE TABLE a ();", "2_b.sql": "CREATE TABLE b ();"]) { trial in
            try await trial.run(endingWith: 0)
            trial.folder.removeFile("migrations/2_b.sql")
            let ended = try await trial.run()
            #expect(ended.code == 8, ended.said)
            #expect(try ended.report.reason == "DatabaseAhead")
            try await trial.run("--on-ahead", "ok", endingWith: 0)
        }
    }

    // MARK: 64, 65, 66

    @Test(arguments: [
        ["run", "--nosuch"], ["nosuch"], ["upgrade", "a:b:c"], ["explain", "2"],
        ["status", "--format", "yaml"],
    ])
    func `a wrong command line ends with 64`(arguments: [String]) async throws {
        try await withTrial(["1_a.sql": "CREATE TABLE a ();"]) { trial in
            let ended = try await trial.start(arguments, environment: [:], in: nil).end()
            #expect(ended.code == 64, ended.said)
        }
    }

    @Test func `a target that no file has ends with 64`() async throws {
        try await withTrial(["1_a.sql": "CREATE TABLE a ();"]) { trial in
            try await trial.apus("upgrade", "nosuch", endingWith: 64)
        }
    }

    @Test(arguments: [
        ("SELECT 'never ended;", "1_a.sql:1:8"), ("CREATE TABLE a ();\n\\i other.sql\n", "1_a.sql:2:1"),
        ("-- migrate:up\nCREATE TABLE a ();\nCOMMIT;\nCREATE TABLE b ();", "1_a.sql:3:1"),
        ("-- migrate:up transaction:perhaps\nSELECT 1;", "1_a.sql:1"),
        ("SELECT $$ never ended", "1_a.sql:1:8"),
        ("/* never ended", "1_a.sql:1:1"), ("CREATE TABLE a ();\n-- migrate:up\nSELECT 1;", "1_a.sql:1:1"),
    ])
    func `a file that cannot be right is refused before anything is applied`(text: String, place: String)
        async throws
    {
        try await withTrial(["0_first.sql": "-- migrate:up\nCREATE TABLE first ();", "1_a.sql": text]) {
            trial in
            let ended = try await trial.run()
            #expect(ended.code == 65, ended.said)
            #expect(try ended.report.failed?.message.contains(place) == true, ended.said)
            #expect(try !trial.exists("first"))
        }
    }

    @Test func `a directory that is missing, empty or without ways up ends with 66`() async throws {
        try await withTrial { trial in
            try await trial.run("--migrations", "/nowhere/at/all", endingWith: 66)
            try await trial.run(endingWith: 66)
            try trial.write(["1_a.down.sql": "DROP TABLE a;"])
            try await trial.run(endingWith: 66)
            #expect(try trial.folder.text(of: "report.json").contains("NoMigrations"))
        }
    }

    @Test func `a file that cannot be read is named, with the reason`() async throws {
        try await withTrial(["1_a.sql": "CREATE TABLE a ();"]) { trial in
            trial.folder.link("migrations/2_b.sql", to: "/nowhere/at/all.sql")
            let ended = try await trial.run()
            #expect(ended.code == 65)
            #expect(try ended.report.failed?.message.contains("2_b.sql cannot be read: No such file") == true)
            #expect(try !trial.exists("a"))
        }
    }

    // MARK: 69, 74, 75, 77, 78

    @Test func `a database that does not come ends with 69 after the wait timeout`() async throws {
        try await withTrial(["1_a.sql": "CREATE TABLE a ();"]) { trial in
            let began = ContinuousClock.now
            let ended = try await trial.run(
                "--wait-timeout",
                "1s",
                environment: ["APUS_DATABASE_URL": trial.url(port: unusedPort())]
            )
            #expect(ended.code == 69, ended.said)
            #expect(try ended.report.result == .blocked)
            #expect((1...4).contains((ContinuousClock.now - began).components.seconds))
        }
    }

    @Test func `a peer that takes connections and says nothing ends with 69`() async throws {
        let peer = SilentPeer()
        try await withTrial(["1_a.sql": "CREATE TABLE a ();"]) { trial in
            let ended = try await trial.run(
                "--wait-timeout",
                "1s",
                environment: ["APUS_DATABASE_URL": trial.url(port: peer.port)],
                within: .seconds(5)
            )
            #expect(ended.code == 69, ended.said)
        }
    }

    @Test func `a lock that is not given up ends with 75 and names its holder`() async throws {
        try await withTrial(["1_a.sql": Trial.gate]) { trial in
            try trial.closeGate()
            let first = try trial.start("run")
            let pid = try await trial.work(on: "gate")
            let second = try await trial.run("--lock-wait-timeout", "500ms")
            #expect(second.code == 75, second.said)
            #expect(try second.report.holder?.pid == pid)
            #expect(try second.report.holder?.app.hasPrefix("apus/") == true)
            try trial.openGate()
            try await first.end(endingWith: 0)
            #expect(try trial.ledger == ["1"])
        }
    }

    @Test func `a deadline between two migrations ends with 75 and keeps what is applied`() async throws {
        try await withTrial(["1_a.sql": "SELECT pg_sleep(2.5);", "2_b.sql": "CREATE TABLE b ();"]) { trial in
            let ended = try await trial.run("--deadline", "2s")
            #expect(ended.code == 75, ended.said)
            #expect(try trial.ledger == ["1"])
            #expect(try (ended.report.db, ended.report.at) == ("advanced", ["1"]))
            try await trial.run(endingWith: 0)
        }
    }

    @Test func `a wrong password ends with 77 after the grace, a missing database with 78`() async throws {
        try await withTrial(["1_a.sql": "CREATE TABLE a ();"]) { trial in
            let denied = try await trial.run(
                "--grace",
                "300ms",
                environment: ["APUS_DATABASE_PASSWORD": "not the password"]
            )
            #expect(denied.code == 77, denied.said)
            #expect(try denied.report.failed?.sqlstate == "28P01")
            let missing = try await trial.run(
                "--grace",
                "300ms",
                environment: ["APUS_DATABASE_URL": TestServer.url(database: "nosuch_database")]
            )
            #expect(missing.code == 78, missing.said)
        }
    }

    @Test func `a role that may not make the ledger ends with 77`() async throws {
        try await withTrial(["1_a.sql": "CREATE TABLE a ();"]) { trial in
            let role = "\(trial.database.name)_poor"
            try trial.execute("CREATE ROLE \(role) LOGIN PASSWORD 'poor-password'")
            let url = "postgres://\(role):poor-password@127.0.0.1:\(Trial.serverPort)/\(trial.database.name)"
            let ended = try await trial.run(environment: ["APUS_DATABASE_URL": url])
            try trial.execute("DROP ROLE \(role)")
            #expect(ended.code == 77, ended.said)
            #expect(try ended.report.failed?.sqlstate == "42501")
        }
    }

    @Test(
        arguments: [
            ["APUS_WAIT_TIMEOUT": "soon"], ["APUS_DATABASE_URL": "mysql://root@db/shop"],
            ["APUS_DATABASE_URL": nil],
            ["APUS_DATABASE_URL": "postgres://u:p%zz@localhost/d"], ["APUS_ON_AHEAD": "perhaps"],
            ["APUS_BACKUP_SQL": "restore-point", "APUS_BACKUP_COMMAND": "true"], ["APUS_BACKUP_SQL": "cloud"],
            ["APUS_NOTIFY_URL": "nonsense+https://example.org/x"], ["APUS_LOG_FORMAT": "xml"],
            ["APUS_DATABASE_URL": "postgres://u@localhost:5432/d?sslmode=nosuch"],
            ["APUS_LEDGER_SCHEMA": "nosuch"], ["APUS_SEARCH_PATH": "two words"],
            ["APUS_SEARCH_PATH": "public; SELECT 1"],
        ] as [[String: String?]]
    )
    func `a setting that cannot be right ends with 78`(environment: [String: String?]) async throws {
        try await withTrial(["1_a.sql": "CREATE TABLE a ();"]) { trial in
            let ended = try await trial.run(environment: environment, within: .seconds(8))
            #expect(ended.code == 78, ended.said)
        }
    }
}
