import Database
import Engine
import TestSupport
import Testing

/// `alembic_version` in place: the rows that Alembic would leave, and nothing else.
@Suite(.enabled(if: TestServer.isPresent, "\(TestServer.hint)"), .timeLimit(.minutes(5)))
struct AlembicLedgerTests {
    private static let alembic: [String: String?] = ["APUS_LEDGER": "alembic"]

    private static func file(_ name: String, parents: String = "", more: String = "") -> String {
        """
        -- Revision ID: \(name)
        -- Revises: \(parents)
        \(more)
        -- migrate:up
        CREATE TABLE \(name) (id int);
        -- migrate:down
        DROP TABLE \(name);
        """
    }

    private static let diamond = [
        "r_.sql": file("r"), "x_.sql": file("x", parents: "r"), "y_.sql": file("y", parents: "r"),
        "m_.sql": file("m", parents: "x, y"), "d_.sql": file("d", more: "-- Depends On: x"),
    ]

    private func rows(_ trial: Trial) throws -> [String] {
        try trial.query("SELECT version_num FROM alembic_version ORDER BY 1").compactMap { $0[0] }
    }

    @Test func `the rows are the current heads at every step`() async throws {
        try await withTrial(Self.diamond) { trial in
            func apus(_ arguments: String..., code: Int32 = 0) async throws {
                let started = try trial.start(arguments, environment: Self.alembic, in: nil)
                try await started.end(endingWith: code)
            }
            try await apus("upgrade", "r")
            #expect(try rows(trial) == ["r"])
            try await apus("upgrade", "x")
            #expect(try rows(trial) == ["x"])
            try await apus("upgrade", "y")
            #expect(try rows(trial) == ["x", "y"])
            try await apus("upgrade", "d")
            #expect(try rows(trial) == ["d", "y"])
            try await apus("upgrade", "heads")
            #expect(try rows(trial) == ["d", "m"])
            try await apus("downgrade", "m@-1")
            #expect(try rows(trial) == ["d", "y"])
            try await apus("downgrade", "base", "--yes")
            #expect(try rows(trial) == [])
            #expect(try !trial.exists("apus_revision") && !trial.exists("apus_run") && !trial.exists("r"))
            #expect(try trial.isQuiet)
        }
    }

    @Test func `what another tool has migrated is not begun anew, unless somebody says so`() async throws {
        try await withTrial(Self.diamond) { trial in
            try trial.execute("CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)")
            try await trial.apus("upgrade", "r", endingWith: 0)
            try trial.execute("DELETE FROM apus_revision; INSERT INTO alembic_version VALUES ('r')")
            let refused = try await trial.run(endingWith: 78)
            #expect(try #require(try refused.report.failed).message.contains("apus adopt --from alembic"))
            try await trial.apus("adopt", "--from", "alembic", endingWith: 0)
            try await trial.run(endingWith: 0)
        }
    }

    @Test(arguments: [
        ("schema_migrations", "dbmate"), ("goose_db_version", "goose"), ("flyway_schema_history", "Flyway"),
        ("databasechangelog", "Liquibase"), ("_sqlx_migrations", "sqlx"),
        ("__diesel_schema_migrations", "diesel"), ("pgmigrations", "node-pg-migrate"),
        ("gorp_migrations", "sql-migrate"), ("knex_migrations", "knex"),
    ])
    func `a table of another tool's is seen`(table: String, tool: String) async throws {
        try await withTrial(["1_a.sql": "CREATE TABLE a ();"]) { trial in
            try trial.execute("CREATE TABLE \(table) (version text); INSERT INTO \(table) VALUES ('1')")
            let refused = try await trial.run(endingWith: 78)
            let message = try #require(try refused.report.failed).message
            #expect(message.contains("the table \(table) has rows: \(tool)"))
            #expect(try !trial.exists("apus_revision"))
            try await trial.run("--ledger", "apus", endingWith: 0)
            #expect(try await trial.run(endingWith: 0).report.result == .noop)
        }
    }

    @Test func `what only reads ends as a job does where another tool has migrated`() async throws {
        try await withTrial(["1_a.sql": "CREATE TABLE a ();"]) { trial in
            try trial.execute("CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)")
            try await trial.apus("check", endingWith: 9)
            try trial.execute("INSERT INTO alembic_version VALUES ('r')")
            for arguments in [["check"], ["status"], ["current"], ["wait", "--for", "head"]] {
                let started = try trial.start(arguments, environment: [:], in: nil)
                let ended = try await started.end(endingWith: 78)
                #expect(
                    ended.errors.contains("the table alembic_version has rows")
                        || !ended.events("run.failed").isEmpty,
                    ended.said
                )
            }
            try await trial.apus("check", environment: ["APUS_LEDGER": "apus"], endingWith: 9)
        }
    }

    @Test func `a version table of another name and schema is used where it is`() async throws {
        try await withTrial(Self.diamond) { trial in
            try trial.execute(
                "CREATE SCHEMA app; CREATE TABLE app.\"my versions\" (version_num varchar(32) PRIMARY KEY)"
            )
            try trial.execute("INSERT INTO app.\"my versions\" VALUES ('r')")
            let other: [String: String?] = [
                "APUS_LEDGER": "alembic:my versions", "APUS_LEDGER_SCHEMA": "app",
            ]
            try trial.execute("CREATE TABLE r (id int)")
            try await trial.run(environment: other, endingWith: 0)
            #expect(
                try trial.query("SELECT version_num FROM app.\"my versions\" ORDER BY 1") == [["d"], ["m"]]
            )
            #expect(try !trial.exists("alembic_version"))
            let adopting = ["--from", "alembic:app.my versions"]
            let started = try trial.start(["adopt"] + adopting, environment: [:], in: nil)
            try await started.end(endingWith: 0)
            let whole = ["APUS_LEDGER": "alembic:app.my versions"] as [String: String?]
            try await trial.apus("downgrade", "d@-1", environment: whole, endingWith: 0)
            #expect(try trial.query("SELECT version_num FROM app.\"my versions\"") == [["m"]])
            #expect(try trial.query("SELECT count(*) FROM pg_tables WHERE schemaname = 'app'") == [["1"]])
            #expect(try trial.query("SELECT count(*) FROM public.apus_revision") == [["5"]])
            #expect(try await trial.run(environment: ["APUS_LEDGER": "dbmate"]).code == 78)
            let twice = ["APUS_LEDGER": "alembic:app.my versions", "APUS_LEDGER_SCHEMA": "other"]
            #expect(try await trial.run(environment: twice).code == 78)
        }
    }

    @Test func `a row that no file has ends with 8, whatever the policies say`() async throws {
        try await withTrial(Self.diamond) { trial in
            try trial.execute("CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)")
            try trial.execute("INSERT INTO alembic_version VALUES ('later')")
            let ahead = try await trial.run("--on-ahead", "ok", environment: Self.alembic, endingWith: 8)
            #expect(try #require(try ahead.report.failed).message.contains("revision later is applied"))
            #expect(try rows(trial) == ["later"])
            #expect(try await trial.apus("status", environment: Self.alembic).output.contains("ahead"))
            try await trial.apus("wait", "--for", "head", environment: Self.alembic, endingWith: 8)
        }
    }

    @Test func `a table that Alembic changes meanwhile takes the migration back`() async throws {
        let files = [
            "r_.sql": Self.file("r"),
            "s_.sql": "-- Revision ID: s\n-- Revises: r\n-- migrate:up\nCREATE TABLE s ();\n\(Trial.gate)",
        ]
        try await withTrial(files) { trial in
            try await trial.apus("upgrade", "r", environment: Self.alembic, endingWith: 0)
            try trial.closeGate()
            let started = try trial.start("run", environment: Self.alembic)
            try await trial.work(on: "pg_sleep")
            try trial.execute("UPDATE alembic_version SET version_num = 'q'")
            try trial.openGate()
            let ended = try await started.end(endingWith: 75)
            #expect(
                try #require(try ended.report.failed).message.contains("changed the version table while s")
            )
            #expect(try rows(trial) == ["q"] && !trial.exists("s"))
        }
    }

    @Test func `a table that Alembic makes at the same moment is taken as it is`() async throws {
        try await withTrial(Self.diamond) { trial in
            let other = try trial.database.connect()
            try other.execute("BEGIN; CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)")
            let started = try trial.start("run", environment: Self.alembic)
            try await eventually("waiting") { try trial.isWaiting }
            try other.execute("COMMIT")
            try await started.end(endingWith: 0)
            #expect(try rows(trial) == ["d", "m"])
        }
    }

    @Test(arguments: ["", " transaction:false"])
    func `a statement refused because Alembic has done the revision meanwhile is worth a retry`(
        option: String
    ) async throws {
        let files = [
            "r_.sql": Self.file("r"),
            "s_.sql":
                "-- Revision ID: s\n-- Revises: r\n-- migrate:up\(option)\n\(option.isEmpty ? Trial.gate : "")\nCREATE TABLE s ();",
        ]
        try await withTrial(files) { trial in
            try await trial.apus("upgrade", "r", environment: Self.alembic, endingWith: 0)
            let other = try trial.database.connect()
            if option.isEmpty { try trial.closeGate() } else { try other.execute("BEGIN; CREATE TABLE s ()") }
            let started = try trial.start("run", environment: Self.alembic)
            try await trial.work(on: option.isEmpty ? "pg_sleep" : "CREATE TABLE s")
            if option.isEmpty { try other.execute("BEGIN; CREATE TABLE s ()") }
            try other.execute("UPDATE alembic_version SET version_num = 's'; COMMIT")
            if option.isEmpty { try trial.openGate() }
            let ended = try await started.end(endingWith: 75)
            #expect(
                try #require(try ended.report.failed).message.contains("changed the version table while s")
            )
            #expect(try await trial.run(environment: Self.alembic, endingWith: 0).report.result == .noop)
            // A mistake of the file's own stays one.
            try trial.execute("UPDATE alembic_version SET version_num = 'r'")
            try await trial.run(environment: Self.alembic, endingWith: 3)
        }
    }

    @Test func `rows that stand above each other are read together, and put right by the next step`()
        async throws
    {
        try await withTrial(Self.diamond) { trial in
            try await trial.apus("upgrade", "x", environment: Self.alembic, endingWith: 0)
            try trial.execute("INSERT INTO alembic_version VALUES ('r')")
            try await trial.apus("upgrade", "y", environment: Self.alembic, endingWith: 0)
            #expect(try rows(trial) == ["x", "y"])
            try trial.execute("INSERT INTO alembic_version VALUES ('r')")
            try await trial.apus("stamp", "x", environment: Self.alembic, endingWith: 0)
            #expect(try rows(trial) == ["x", "y"])
        }
    }

    @Test func `what Alembic has finished is not half applied any more`() async throws {
        let files = [
            "r_.sql":
                "-- Revision ID: r\n-- migrate:up transaction:false\nCREATE TABLE a (id int);\nSELECT nope;"
        ]
        try await withTrial(files) { trial in
            try await trial.run(environment: Self.alembic, endingWith: 4)
            try trial.execute("INSERT INTO alembic_version VALUES ('r')")
            try await trial.apus("check", environment: Self.alembic, endingWith: 0)
            #expect(try await trial.run(environment: Self.alembic, endingWith: 0).report.result == .noop)
        }
    }

    @Test func `what runs statement by statement can be resumed, and leaves only Alembic's row`() async throws
    {
        let files = [
            "r_.sql":
                "-- Revision ID: r\n-- migrate:up transaction:false\nCREATE TABLE a (id int);\nINSERT INTO b VALUES (1);\nCREATE INDEX CONCURRENTLY i ON a (id);"
        ]
        try await withTrial(files) { trial in
            try await trial.run(environment: Self.alembic, endingWith: 4)
            #expect(try rows(trial) == [])
            #expect(try trial.ledger == ["r failed"])
            #expect(try await trial.apus("status", environment: Self.alembic).output.contains("half applied"))
            try await trial.run(environment: Self.alembic, endingWith: 4)
            try trial.execute("CREATE TABLE b (id int)")
            try await trial.run("--resume", environment: Self.alembic, endingWith: 0)
            #expect(try rows(trial) == ["r"] && !trial.exists("apus_revision") && !trial.exists("apus_run"))
            #expect(try trial.value("SELECT count(*) FROM b") == "1")
        }
    }

    @Test func `a connection cut at the answer to COMMIT is resolved by the rows`() async throws {
        let proxy = Proxy(to: Trial.serverPort, .hangUp(after: "CREATE TABLE x", on: "COMMIT\0"))
        defer { proxy.stop() }
        try await withTrial(Self.diamond) { trial in
            let cut = Self.alembic.merging(["APUS_DATABASE_URL": trial.url(port: proxy.port)]) { $1 }
            let ended = try await trial.run(environment: cut, endingWith: 0)
            #expect(proxy.interventions == 1)
            #expect(ended.events("connection.lost").count == 1, ended.said)
            #expect(try rows(trial) == ["d", "m"])
            #expect(try await trial.run(environment: Self.alembic, endingWith: 0).report.result == .noop)
        }
    }
}
