import Database
import Engine
import TestSupport
import Testing

/// Files of every kind that people have, on a real server.
@Suite(.enabled(if: TestServer.isPresent, "\(TestServer.hint)"), .timeLimit(.minutes(5)))
struct StatementTests {
    private static let files: [(String, String, String)] = [
        (
            "a wrapped file keeps its isolation level",
            """
            BEGIN ISOLATION LEVEL SERIALIZABLE;
            CREATE TABLE a AS SELECT current_setting('transaction_isolation') AS x;
            COMMIT;
            """, "SELECT x = 'serializable' FROM a"
        ),
        (
            "a file without markers may have several transactions",
            "BEGIN;\nCREATE TABLE a ();\nCOMMIT;\nBEGIN;\nALTER TABLE a ADD x int;\nEND;\nCREATE TABLE b ();",
            "SELECT to_regclass('b') IS NOT NULL FROM a HAVING count(x) = 0"
        ),
        (
            "a file without markers may build an index concurrently",
            "CREATE TABLE a (id int);\nCREATE INDEX CONCURRENTLY a_id ON a (id);",
            "SELECT indisvalid FROM pg_index WHERE indexrelid = 'a_id'::regclass"
        ),
        (
            "an index without a name is built once",
            "CREATE TABLE a (id int);\nCREATE INDEX CONCURRENTLY ON a (id);",
            "SELECT count(*) = 1 AND bool_and(indisvalid) FROM pg_index WHERE indrelid = 'a'::regclass"
        ),
        (
            "a value of an enum can be added and used",
            """
            CREATE TYPE mood AS ENUM ('sad');
            ALTER TYPE mood ADD VALUE 'happy';
            CREATE TABLE a AS SELECT 'happy'::mood AS x;
            """, "SELECT x = 'happy' FROM a"
        ),
        (
            "a dump of pg_dump is applied with its rows",
            """
            --
            -- PostgreSQL database dump
            --
            \\restrict dZ0n9

            SET statement_timeout = 0;
            SET lock_timeout = 0;
            SET client_encoding = 'UTF8';
            SET standard_conforming_strings = on;
            SELECT pg_catalog.set_config('search_path', '', false);
            SET row_security = off;
            CREATE TABLE public.a (
                id integer NOT NULL,
                x text
            );
            COPY public.a (id, x) FROM stdin;
            1\tsemi; 'colon
            2\t\\N
            3\té \\\\ \\t -- migrate:down
            \\.

            COPY public.a (id, x) FROM stdin;
            4\tmore
            \\.

            ALTER TABLE ONLY public.a ADD CONSTRAINT a_pkey PRIMARY KEY (id);
            \\unrestrict dZ0n9
            """,
            "SELECT count(*) = 4 AND count(x) = 3 AND bool_or(x = E'é \\\\ \\t -- migrate:down') FROM a"
        ),
        (
            "sections of both kinds follow each other",
            """
            -- migrate:up
            CREATE TABLE a (id int);
            -- migrate:up transaction:false
            CREATE INDEX CONCURRENTLY a_id ON a (id);
            -- migrate:up
            INSERT INTO a VALUES (1);
            INSERT INTO a VALUES (2);
            -- migrate:down
            DROP TABLE a;
            """, "SELECT count(*) = 2 FROM a"
        ),
        ("an empty section is a revision all the same", "-- migrate:up\n\n-- migrate:down\n", "SELECT true"),
        ("an empty file is a revision all the same", "", "SELECT true"),
        ("a section outside transactions may be empty", "-- migrate:up transaction:false\n", "SELECT true"),
        (
            "a procedure may commit outside transactions",
            """
            -- migrate:up transaction:false
            CREATE TABLE a (x int);
            CREATE PROCEDURE fill() LANGUAGE plpgsql AS $$
            BEGIN
                FOR i IN 1..3 LOOP INSERT INTO a VALUES (i); COMMIT; END LOOP;
            END $$;
            CALL fill();
            """, "SELECT count(*) = 3 FROM a"
        ),
        (
            "quotes of every kind hold their semicolons",
            """
            CREATE FUNCTION f() RETURNS text LANGUAGE plpgsql AS $outer$ BEGIN RETURN $in$;'$in$ || ';'; END $outer$;
            CREATE FUNCTION g(a int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT a; SELECT a + 1; END;
            CREATE TABLE "a;b" ("c""d" text DEFAULT E'\\';');
            /* ; /* nested ; */ ; */ CREATE TABLE a AS SELECT f() AS x, g(1) AS y; -- ; '
            """, "SELECT x = ';'';' AND y = 2 FROM a"
        ),
        (
            "vacuum and friends run outside transactions",
            "CREATE TABLE a ();\nVACUUM a;\nREINDEX TABLE CONCURRENTLY a;\nANALYZE a;",
            "SELECT to_regclass('a') IS NOT NULL"
        ),
        (
            "savepoints stay in the migration's transaction",
            "CREATE TABLE a (x int); SAVEPOINT s; INSERT INTO a VALUES (1); ROLLBACK TO s; RELEASE s;",
            "SELECT count(*) = 0 FROM a"
        ),
        (
            "a file with line ends of another system and a byte order mark",
            "\u{FEFF}-- migrate:up\r\nCREATE TABLE a AS SELECT 'x'::text AS x;\r\n-- migrate:down\r\nDROP TABLE a;\r\n",
            "SELECT x = 'x' FROM a"
        ),
        (
            "rolled back on purpose, it is applied nevertheless, as psql has it",
            "BEGIN;\nCREATE TABLE gone ();\nROLLBACK;\nCREATE TABLE a ();",
            "SELECT to_regclass('gone') IS NULL"
        ),
        (
            "a transaction that is chained to the next",
            "BEGIN;\nCREATE TABLE a ();\nCOMMIT AND CHAIN;\nCREATE TABLE b ();\nCOMMIT;",
            "SELECT to_regclass('a') IS NOT NULL AND to_regclass('b') IS NOT NULL"
        ),
    ]

    @Test(arguments: files.map(\.0))
    func `a file is applied once and as meant`(name: String) async throws {
        let (_, text, check) = try #require(StatementTests.files.first { $0.0 == name })
        try await withTrial(["1_a.sql": text, "2_after.sql": "CREATE TABLE after_it ();"]) { trial in
            let ended = try await trial.run(endingWith: 0)
            #expect(try trial.value(check) == "t", ended.said)
            #expect(try trial.ledger == ["1", "2"])
            #expect(try trial.exists("public.after_it"))
            #expect(try await trial.run().report.result == .noop)
            #expect(try trial.isQuiet)
        }
    }

    @Test func `a procedure that commits in a transaction is refused with advice`() async throws {
        let text = "DO $$ BEGIN CREATE TABLE a (); COMMIT; END $$;"
        try await withTrial(["1_a.sql": text]) { trial in
            let ended = try await trial.run(endingWith: 3)
            #expect(ended.output.contains("transaction:false"), ended.said)
            #expect(try !trial.exists("a"))
        }
    }

    @Test func `notices and warnings are passed on`() async throws {
        let text = "DO $$ BEGIN RAISE NOTICE 'as you wish'; RAISE WARNING 'mind the gap'; END $$;"
        try await withTrial(["1_a.sql": text]) { trial in
            let ended = try await trial.run(endingWith: 0)
            let notices = ended.events("server.notice")
            #expect(notices.contains { $0.msg == "as you wish" && $0.level == "info" }, ended.said)
            #expect(notices.contains { $0.msg == "mind the gap" && $0.level == "warning" })
        }
    }

    @Test func `what a server says cannot steer a terminal`() async throws {
        let text = "DO $$ BEGIN RAISE NOTICE E'\\x1b[2Jgone\\nforged line \\u009b2J'; END $$;"
        try await withTrial(["1_a.sql": text]) { trial in
            let ended = try await trial.run("--log-format", "text", endingWith: 0)
            #expect(!ended.errors.unicodeScalars.contains("\u{1B}"), ended.said)
            #expect(!ended.errors.unicodeScalars.contains("\u{9B}"), ended.said)
            #expect(!ended.errors.contains("\nforged"))
        }
    }

    @Test func `an error in the middle of rows is placed at its COPY`() async throws {
        try await withTrial([
            "1_a.sql": "CREATE TABLE a (id int);\n\nCOPY a FROM stdin;\n1\nx\n\\.\nSELECT 1;\n"
        ]) { trial in
            let ended = try await trial.run(endingWith: 3)
            #expect(try (ended.report.failed?.line, ended.report.failed?.statement) == (3, 2), ended.said)
        }
    }

    @Test func `thousands of statements and a huge file are no trouble`() async throws {
        let inserts = (0..<4000).map { "INSERT INTO a VALUES (\($0), 'row \($0)');" }.joined(separator: "\n")
        let rows = (0..<60_000).map { "\($0)\tsome words to make it long \($0)" }.joined(separator: "\n")
        let text = "CREATE TABLE a (id int, x text);\n\(inserts)\nCOPY a FROM stdin;\n\(rows)\n\\.\n"
        try await withTrial(["1_a.sql": text]) { trial in
            try await trial.run(endingWith: 0, within: .seconds(60))
            #expect(try trial.value("SELECT count(*) FROM a") == "64000")
        }
    }
}
