import Database
import Foundation
import TestSupport
import Testing

/// `--sql`: psql runs the script to the state that the command itself would have made.
@Suite(.enabled(if: TestServer.isPresent, "\(TestServer.hint)"), .timeLimit(.minutes(5)))
struct ScriptTests {
    private static let bin = environment("APUS_TEST_POSTGRES_BIN") ?? "/usr/bin"

    /// Every definition, every ledger row, without moments and run IDs.
    private func state(of database: TestDatabase, _ trial: Trial) async throws -> [String] {
        let dump = try Program(
            ["\(Self.bin)/pg_dump", "--schema-only", "-d", database.url],
            environment: ["PATH": environment("PATH") ?? ""],
            output: "\(trial.folder.path)/dump-\(UInt64.random(in: 0...UInt64.max))"
        )
        #expect(try await dump.end(within: .seconds(30)) == .exited(0), "\(dump.standardError)")
        let lines = dump.standardOutput.split(separator: "\n").map(String.init).filter {
            !$0.contains("restrict ")
        }
        let session = try database.connect()
        let isNative = try session.query("SELECT to_regclass('apus_revision') IS NOT NULL")[0][0] == "t"
        let rows = try session.query(
            isNative
                ? "SELECT revision, checksum, description, state, statements_done >= 0, applied_by FROM apus_revision ORDER BY 1"
                : "SELECT version_num FROM alembic_version ORDER BY 1"
        )
        return lines + rows.map { $0.map { $0 ?? "NULL" }.joined(separator: "|") }
    }

    /// Runs a script with psql in the database at `url`.
    private func psql(_ script: String, in trial: Trial, at url: String) async throws {
        let path = try trial.folder.write(script, to: "script-\(UInt64.random(in: 0...UInt64.max)).sql")
        let psql = try Program(
            ["\(Self.bin)/psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", url, "-f", path],
            environment: ["PATH": environment("PATH") ?? ""],
            output: "\(path).out"
        )
        #expect(try await psql.end(within: .seconds(30)) == .exited(0), "\(psql.standardError)\n\(script)")
    }

    private static let files = [
        "1_a.sql": """
        -- migrate:up lock_timeout:2s
        CREATE TYPE mood AS ENUM ('sad', 'it''s; "odd"');
        CREATE TABLE a (id int PRIMARY KEY, m mood DEFAULT 'sad', t text);
        COPY a (id, t) FROM stdin;
        1\tsemi; 'colon
        2\t\\N
        \\.
        CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $body$ BEGIN -- x;
          RETURN 1; END $body$;
        -- migrate:down
        DROP FUNCTION f(); DROP TABLE a; DROP TYPE mood;
        """,
        "2_b.sql": """
        -- migrate:up transaction:false
        CREATE INDEX CONCURRENTLY a_t ON a (t);
        ALTER TYPE mood ADD VALUE 'glad';
        -- migrate:down transaction:false
        DROP INDEX CONCURRENTLY a_t;
        """,
        "3_c.sql": """
        BEGIN;
        SELECT pg_catalog.set_config('search_path', '', false);
        CREATE TABLE public.c (x int);
        COMMIT;
        """,
        "4_d's.sql":
            "-- migrate:up\nCREATE TABLE d (x int REFERENCES a (id));\n-- migrate:down\nDROP TABLE d;",
        "5_e.sql": "-- migrate:up\n-- nothing yet\n-- migrate:down\n",
    ]

    @Test(arguments: ["apus", "alembic"])
    func `a script up and a script down lead where the commands lead`(ledger: String) async throws {
        try await withTrial(Self.files) { trial in
            let other = try TestDatabase.make()
            defer { other.drop() }
            let chosen: [String: String?] = ["APUS_LEDGER": ledger]
            // No database is asked: there is none at this address.
            let offline = chosen.merging(["APUS_DATABASE_URL": "postgres://nobody@127.0.0.1:1/x"]) { $1 }
            try await trial.apus("ensure-version", environment: chosen, endingWith: 0)
            try await trial.run(environment: chosen, endingWith: 0)
            let up = try await trial.apus("upgrade", "3", "--sql", environment: offline, endingWith: 0)
            try await psql(up.output, in: trial, at: other.url)
            let rest = try await trial.apus(
                "upgrade",
                "3:heads",
                "--sql",
                environment: offline,
                endingWith: 0
            )
            #expect(!rest.output.contains("CREATE TABLE IF NOT EXISTS"))
            try await psql(rest.output, in: trial, at: other.url)
            #expect(try await state(of: other, trial) == state(of: trial.database, trial))
            try await trial.apus("downgrade", "3", "--yes", environment: chosen, endingWith: 0)
            let down = try await trial.apus(
                "downgrade",
                "heads:3",
                "--sql",
                environment: offline,
                endingWith: 0
            )
            try await psql(down.output, in: trial, at: other.url)
            #expect(try await state(of: other, trial) == state(of: trial.database, trial))
            let there = chosen.merging(["APUS_DATABASE_URL": other.url]) { $1 }
            try await trial.run(environment: there, endingWith: 0)
        }
    }

    @Test(
        arguments: [("apus", "apus_revision"), ("alembic", "alembic_version")],
        ["postgres://nobody@127.0.0.1:1/x", "sqlite:////nowhere/x.db"]
    )
    func `a script of nothing makes the tables of a database at base, and nothing in any other`(
        ledger: (kind: String, table: String),
        url: String
    ) async throws {
        let files = ["1_a.sql": "-- migrate:up\nCREATE TABLE a (x int);\n-- migrate:down\nDROP TABLE a;"]
        try await withTrial(files) { trial in
            let offline = ["APUS_LEDGER": ledger.kind, "APUS_DATABASE_URL": url]
            func script(_ command: String, _ range: String) async throws -> String {
                try await trial.apus(command, range, "--sql", environment: offline, endingWith: 0).output
            }
            let creation = "CREATE TABLE IF NOT EXISTS"
            for command in ["upgrade", "downgrade"] {
                for range in ["heads:heads", "1:1"] {
                    let there = try await script(command, range)
                    #expect(!there.contains("TABLE") && !there.contains(ledger.table), "\(there)")
                }
                let new = try await script(command, "base:base")
                #expect(new.contains(creation) && new.contains(ledger.table), "\(new)")
                #expect(!new.contains("INSERT") && !new.contains("DELETE"), "\(new)")
            }
            #expect(try await script("upgrade", "base:1").contains(creation))
            #expect(try await !script("downgrade", "1:base").contains(creation))
        }
    }

    @Test func `a stamp and the tables can be scripts`() async throws {
        try await withTrial(Self.files) { trial in
            let tables = try await trial.apus("ensure-version", "--sql", endingWith: 0)
            try await psql(tables.output, in: trial, at: trial.database.url)
            let stamp = try await trial.apus("stamp", "4", "--sql", endingWith: 0)
            try await psql(stamp.output, in: trial, at: trial.database.url)
            #expect(try trial.ledger == ["1", "2", "3", "4"])
            let back = try await trial.apus("stamp", "4:2", "--sql", endingWith: 0)
            try await psql(back.output, in: trial, at: trial.database.url)
            #expect(try trial.ledger == ["1", "2"])
        }
    }

    @Test func `a script that cannot be written is no success`() async throws {
        try await withTrial(Self.files) { trial in
            let full = try Program(
                ["/bin/sh", "-c", "exec \(Trial.program) upgrade --sql >/dev/full"],
                environment: [
                    "APUS_MIGRATIONS": trial.migrations,
                    "LD_LIBRARY_PATH": environment("LD_LIBRARY_PATH") ?? "",
                ],
                output: "\(trial.folder.path)/full"
            )
            #expect(try await full.end(within: .seconds(20)) == .exited(1))
            #expect(full.standardError.contains("cannot be written"))
        }
    }

    @Test func `a URL that cannot be right is told, not taken for PostgreSQL`() async throws {
        try await withTrial(Self.files) { trial in
            let wrong = ["sqlite://two-slashes.db", "mysql://app@db/shop"]
            for url in wrong {
                let ended = try await trial.apus("upgrade", "--sql", "--database-url", url, endingWith: 78)
                #expect(ended.output == "" && ended.errors.contains("cannot be read"), ended.said)
            }
            let missing = ["APUS_DATABASE_URL_FILE": "/nosuch/url", "APUS_DATABASE_URL": nil]
            let ended = try await trial.apus("upgrade", "--sql", environment: missing, endingWith: 78)
            #expect(ended.output == "" && ended.errors.contains("/nosuch/url"), ended.said)
        }
    }

    @Test func `a name ends no comment of a script`() async throws {
        let files = ["1_a\nSELECT nope;.sql": "CREATE TABLE a ();"]
        try await withTrial(files) { trial in
            let script = try await trial.apus("upgrade", "--sql", endingWith: 0)
            try await psql(script.output, in: trial, at: trial.database.url)
            #expect(try trial.exists("a"))
        }
    }

    @Test func `what cannot be in a transaction is recorded by who runs the script`() async throws {
        let files = [
            "1_a.sql": "-- migrate:up transaction:false\nSET ROLE pg_monitor;\nSELECT 1;",
            "2_b.sql": "CREATE TABLE b ();",
        ]
        try await withTrial(files) { trial in
            let script = try await trial.apus("upgrade", "--sql", endingWith: 0)
            try await psql(script.output, in: trial, at: trial.database.url)
            #expect(try trial.value("SELECT bool_and(applied_by = current_user) FROM apus_revision") == "t")
        }
    }

    @Test func `what a script cannot say is refused, and nothing is printed`() async throws {
        try await withTrial(Self.files) { trial in
            for (arguments, code): ([String], Int32) in [
                (["downgrade", "3", "--sql"], 64), (["downgrade", "heads:base", "--sql"], 65),
                (["upgrade", "1:2"], 64), (["upgrade", "nope", "--sql"], 64),
                (["upgrade", "a:b:c", "--sql"], 64),
                (["stamp", "1", "--purge", "--sql"], 64), (["upgrade", "--sql", "--dry-run"], 64),
                (["stamp", "1:2", "3:4", "--sql"], 64),
            ] {
                let ended = try await trial.start(arguments, environment: [:], in: nil).end(endingWith: code)
                #expect(ended.output.isEmpty && !ended.errors.isEmpty, "\(arguments)")
            }
        }
    }
}
