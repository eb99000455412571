import Database
import Engine
import TestSupport
import Testing

/// What a migration leaves in the session must reach neither the next one nor the ledger.
@Suite(.enabled(if: TestServer.isPresent, "\(TestServer.hint)"), .timeLimit(.minutes(5)))
struct SessionStateTests {
    private static let leaks = [
        "SET search_path = elsewhere", "SELECT pg_catalog.set_config('search_path', '', false)",
        "SET standard_conforming_strings = off", "SET default_transaction_read_only = on",
        "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY", "SET datestyle = 'German'",
        "SET bytea_output = escape",
        "SET ROLE ROLE_NAME", "SET SESSION AUTHORIZATION ROLE_NAME", "SET quote_all_identifiers = on",
        "SET client_min_messages = error", "SET lock_timeout = 1", "SET statement_timeout = 5000",
        "SET TIME ZONE 'Asia/Kathmandu'", "SET row_security = off", "SET check_function_bodies = false",
        "SET client_encoding = 'LATIN1'", "SET escape_string_warning = on", "SET application_name = 'other'",
        "SET transform_null_equals = on", "SET extra_float_digits = -15",
        "CREATE SCHEMA AUTHORIZATION CURRENT_USER",
        "CREATE SCHEMA apus; CREATE TABLE apus.unrelated ()", "PREPARE p AS SELECT 1", "LISTEN x",
        "CREATE TEMP TABLE apus_revision ()", "CREATE TEMP TABLE t ()",
    ]

    @Test(arguments: leaks, ["-- migrate:up\n", "-- migrate:up transaction:false\n"])
    func `what one migration sets is gone for the next one`(leak: String, marker: String) async throws {
        // A file that asks for transactions that only read has no way to note its own statements.
        if marker.contains("false"), leak.lowercased().contains("read") { return }
        try await withTrial { trial in
            let role = "\(trial.database.name)_weak"
            try trial.execute(
                "CREATE SCHEMA elsewhere; CREATE ROLE \(role); GRANT CREATE ON SCHEMA public TO \(role)"
            )
            defer { try? trial.execute("DROP OWNED BY \(role); DROP ROLE \(role)") }
            let statement = leak.replacing("ROLE_NAME", with: role)
            // The statement, something after it that feels it, and then a migration that must not.
            try trial.write([
                "1_leak_é.sql": marker + "CREATE TABLE before_it ();\n\(statement);\nSELECT 1;\n",
                "2_b_'quoted'\\.sql":
                    "CREATE TABLE public.b AS SELECT '\\'::text AS x, current_user::text AS who;",
            ])
            let ended = try await trial.run(endingWith: 0)
            #expect(try trial.ledger == ["1", "2"], ended.said)
            #expect(try trial.query("SELECT x, who FROM b") == [["\\", "apus"]])
            #expect(
                try trial.value("SELECT description FROM public.apus_revision WHERE revision = '2'")
                    == "b 'quoted'\\"
            )
            #expect(try trial.outcomes == ["succeeded"])
            let again = try await trial.run(endingWith: 0)
            #expect(try again.report.result == .noop, again.said)
        }
    }

    @Test(arguments: ["-- migrate:up\n", "-- migrate:up transaction:false\n"])
    func `two files in one run make the same temporary things as in two runs`(marker: String) async throws {
        let text = """
            CREATE TEMP TABLE t AS SELECT 1 AS x;
            PREPARE p AS SELECT 1;
            DECLARE c CURSOR WITH HOLD FOR SELECT 1;
            """
        try await withTrial(["1_a.sql": marker + text, "2_b.sql": marker + text]) { trial in
            // A table for good, of the name of a temporary one, gets its rows itself.
            try trial.write(["3_c.sql": marker + "CREATE TABLE t (x int);\nINSERT INTO t VALUES (2);\n"])
            if marker == "-- migrate:up\n" { try await trial.apus("upgrade", "--dry-run", endingWith: 0) }
            try await trial.run(endingWith: 0)
            #expect(try trial.value("SELECT string_agg(x::text, ' ') FROM t") == "2")
        }
    }

    /// Else whether its rows arrive would depend on how many migrations a run has to do.
    @Test(arguments: [["run"], ["upgrade", "--dry-run"]])
    func `a temporary table does not take the rows of the next migration`(command: [String]) async throws {
        let files = [
            "1_a.sql": "CREATE TABLE a (x int);",
            "2_b.sql": "CREATE TEMP TABLE a (x int); INSERT INTO a VALUES (2);",
            "3_c.sql":
                "-- migrate:up transaction:false\nINSERT INTO a VALUES (3);\nCREATE TEMP TABLE a (x int);",
            "4_d.sql": "INSERT INTO a VALUES (4); INSERT INTO b SELECT sum(x) FROM a;",
        ]
        try await withTrial(files) { trial in
            try trial.execute("CREATE TABLE b (x int)")
            let started = try trial.start(command, environment: [:], in: nil)
            try await started.end(endingWith: 0)
            guard command == ["run"] else { return }
            #expect(try trial.query("SELECT x FROM a ORDER BY x") == [["3"], ["4"]])
            #expect(try trial.value("SELECT x FROM b") == "7")
        }
    }

    @Test(arguments: [
        "SET default_transaction_read_only = on", "SET ROLE pg_monitor", "SET client_encoding = 'LATIN1'",
    ])
    func `what the last migration sets does not keep the run from being recorded`(leak: String) async throws {
        try await withTrial(["1_a.sql": "\(leak);"]) { trial in
            try await trial.run(endingWith: 0)
            #expect(try trial.outcomes == ["succeeded"])
            try trial.write(["2_b.sql": "\(leak);\nCOMMIT;\nBEGIN;\nSELECT \"é\";\nCOMMIT;"])
            try await trial.run()
            #expect(try trial.outcomes == ["succeeded", "failed"])
            guard leak.contains("encoding") else { return }
            let error = try trial.value("SELECT error FROM apus_run WHERE exit_code <> 0")
            #expect(error?.contains("é") == true)
        }
    }

    @Test func `a role that a file takes on outside a transaction stays for its other statements`()
        async throws
    {
        try await withTrial { trial in
            let role = "\(trial.database.name)_owner"
            try trial.execute("CREATE ROLE \(role); GRANT CREATE ON SCHEMA public TO \(role)")
            defer { try? trial.execute("DROP OWNED BY \(role); DROP ROLE \(role)") }
            for (number, statement) in ["SET ROLE \(role)", "SET SESSION AUTHORIZATION \(role)"].enumerated()
            {
                try trial.write([
                    "\(number)_a.sql":
                        "-- migrate:up transaction:false\n\(statement);\nCREATE TABLE t\(number) ();\nVACUUM t\(number);\n"
                ])
                let ended = try await trial.run(endingWith: 0)
                #expect(
                    try trial.value("SELECT tableowner FROM pg_tables WHERE tablename = 't\(number)'")
                        == role,
                    ended.said
                )
                #expect(try trial.value("SELECT count(DISTINCT applied_by) FROM apus_revision") == "1")
            }
        }
    }

    @Test(arguments: [
        "-- migrate:up transaction:false\nCREATE TABLE a ();\nDISCARD ALL;\nCREATE TABLE b ();\n",
        "-- migrate:up transaction:false\nCREATE TABLE a ();\nSELECT pg_advisory_unlock_all();\nCREATE TABLE b ();\n",
    ])
    func `a file that gives the lock up outside a transaction goes no further`(text: String) async throws {
        try await withTrial(["1_a.sql": text]) { trial in
            let ended = try await trial.run(endingWith: 75)
            #expect(
                try ended.report.failed?.message.contains("nothing more was committed") == true,
                ended.said
            )
            #expect(try trial.exists("a") && !trial.exists("b"))
        }
    }

    @Test func `a transaction that gives the lock up is rolled back`() async throws {
        try await withTrial(["1_a.sql": "CREATE TABLE a (); SELECT pg_advisory_unlock_all();"]) { trial in
            let ended = try await trial.run(endingWith: 75)
            #expect(try ended.report.failed?.message.contains("no longer held") == true, ended.said)
            #expect(try !trial.exists("a"))
            #expect(try trial.ledger == [])
        }
    }

    @Test func `the search path of the settings holds for every migration, for status and for wait`()
        async throws
    {
        try await withTrial([
            "1_a.sql": "CREATE TABLE a (); SET search_path = public;", "2_b.sql": "CREATE TABLE b ();",
        ]) { trial in
            try trial.execute("CREATE SCHEMA app")
            let settings: [String: String?] = ["APUS_SEARCH_PATH": "app, public"]
            try await trial.run(environment: settings, endingWith: 0)
            #expect(try trial.exists("app.a") && trial.exists("app.b") && trial.exists("app.apus_revision"))
            try await trial.apus("status", "--exit-code", environment: settings, endingWith: 0)
            try await trial.apus(
                "wait",
                "--for",
                "head",
                "--wait-timeout",
                "1s",
                environment: settings,
                endingWith: 0
            )
            let again = try await trial.run(environment: settings, endingWith: 0)
            #expect(again.events("lock.held").isEmpty, again.said)
        }
    }

    @Test func `the ledger is found again in a schema whose name needs quotes`() async throws {
        try await withTrial(["1_a.sql": "SELECT 1;"]) { trial in
            try trial.execute("CREATE SCHEMA \"My \"\"own\"\" Schema\"")
            let settings: [String: String?] = ["APUS_SEARCH_PATH": "\"My \"\"own\"\" Schema\", public"]
            for applied in [1, 0] {
                let ended = try await trial.run(environment: settings, endingWith: 0)
                #expect(try ended.report.applied == applied, ended.said)
            }
            #expect(try trial.exists("\"My \"\"own\"\" Schema\".apus_revision"))
        }
    }

    @Test func `without a schema to create in the ledger has no place`() async throws {
        try await withTrial(["1_a.sql": "SELECT 1;"]) { trial in
            try await trial.run("--search-path", "nowhere", endingWith: 78)
        }
    }
}
