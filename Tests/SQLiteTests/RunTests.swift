import Database
import Foundation
import SQLite
import Testing

/// The whole job, as a process, on real files.
@Suite struct RunTests {
    @Test func `a fresh file gets everything, and the next run nothing`() throws {
        try withWorkplace { place in
            try place.migrate(
                "-- migrate:up\nCREATE TABLE a (x); CREATE TABLE b (y REFERENCES a (x)); INSERT INTO b VALUES (1);\n-- migrate:down\nDROP TABLE a;",
                "INSERT INTO a VALUES (1); CREATE UNIQUE INDEX i ON a (x);"
            )
            #expect(try place.run("status", "--exit-code").code == 69)
            #expect(try place.run("run").code == 0)
            #expect(
                try place.column("SELECT revision || state FROM apus_revision") == [
                    "0001applied", "0002applied",
                ]
            )
            #expect(try place.column("SELECT outcome FROM apus_run") == ["succeeded"])
            #expect(
                try place.column("SELECT from_revisions || to_revisions FROM apus_run") == ["[][\"0002\"]"]
            )
            #expect(
                try place.column("SELECT applied_at GLOB '????-??-??T??:??:??.???Z' FROM apus_revision") == [
                    "1", "1",
                ]
            )
            let again = try place.run("run")
            #expect(again.code == 0 && again.text.contains("\"noop\""))
            #expect(try place.run("status", "--exit-code").code == 0)
            #expect(try place.run("wait", "--for", "head").code == 0)
            #expect(try place.run("wait").code == 0)
            #expect(!place.exists("app.db-apus.lock"))
        }
    }

    @Test func `a failed migration leaves no trace`() throws {
        try withWorkplace { place in
            try place.migrate("CREATE TABLE a (x); INSERT INTO a VALUES (1);")
            try place.run("run")
            let before = try place.dump()
            try place.migrate(
                "CREATE TABLE b (x);\nALTER TABLE a ADD COLUMN y;\nDELETE FROM a;\nSELECT nope FROM a;"
            )
            let failed = try place.run("run")
            #expect(failed.code == 3)
            #expect(failed.text.contains("0002_step.sql:4:8: error 42000: no such column: nope"))
            #expect(try place.dump() == before)
            #expect(try place.column("SELECT revision FROM apus_revision") == ["0001"])
        }
    }

    @Test func `rows that refer to nothing fail the migration, but not those that did before`() throws {
        try withWorkplace { place in
            try place.migrate(
                "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p REFERENCES p (id)); INSERT INTO p VALUES (1), (2);"
                    + "INSERT INTO c VALUES (1), (2);"
            )
            try place.run("run")
            let session = try place.session()
            try session.execute("INSERT INTO c VALUES (77)")
            let before = try place.dump()
            try place.migrate("DELETE FROM p WHERE id = 2;")
            let failed = try place.run("run")
            #expect(failed.code == 3)
            #expect(failed.text.contains("a row of c (rowid 2) refers to a row of p that is not there"))
            #expect(!failed.text.contains("rowid 3"))
            #expect(try place.dump() == before)
            try place.write("DELETE FROM c WHERE p = 2; DELETE FROM p WHERE id = 2;", as: 2)
            #expect(try place.run("run").code == 0)
        }
    }

    @Test(arguments: ["PRAGMA case_sensitive_like = ON;", "CREATE TEMP TABLE c (x);"])
    func `rows that refer to nothing are found whatever the migration has done to the session`(
        trick: String
    ) throws {
        try withWorkplace { place in
            try place.migrate(
                "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p REFERENCES p (id)); INSERT INTO p VALUES (1);"
                    + "INSERT INTO c VALUES (1);",
                "\(trick)\nDELETE FROM p;"
            )
            let failed = try place.run("run")
            #expect(failed.code == 3)
            #expect(failed.text.contains("a row of c (rowid 1) refers to a row of p that is not there"))
            #expect(try place.column("SELECT revision FROM apus_revision") == ["0001"])
        }
    }

    @Test(arguments: [
        "CREATE TEMP TABLE a (x);", "CREATE TEMP VIEW a AS SELECT 1 AS x;",
        "CREATE TEMP TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM a; END;",
        "PRAGMA case_sensitive_like = ON;",
    ])
    func `what is temporary, and what LIKE does, ends with the migration`(leak: String) throws {
        try withWorkplace { place in
            try place.migrate(
                "CREATE TABLE a (x);",
                leak,
                "INSERT INTO a VALUES ('A' LIKE 'a');",
                "-- migrate:up transaction:false\n\(leak)",
                "INSERT INTO a VALUES ('A' LIKE 'a');"
            )
            #expect(try place.run("run").code == 0)
            #expect(try place.column("SELECT x FROM a") == ["1", "1"])
        }
    }

    @Test func `dropping a table to rebuild it does not take the rows that refer to it along`() throws {
        try withWorkplace { place in
            try place.migrate(
                """
                CREATE TABLE p (id INTEGER PRIMARY KEY);
                CREATE TABLE c (p REFERENCES p (id) ON DELETE CASCADE);
                INSERT INTO p VALUES (1); INSERT INTO c VALUES (1), (1);
                """,
                """
                PRAGMA foreign_keys=ON;
                CREATE TABLE new_p (id INTEGER PRIMARY KEY, more TEXT);
                INSERT INTO new_p (id) SELECT id FROM p;
                DROP TABLE p;
                ALTER TABLE new_p RENAME TO p;
                """
            )
            #expect(try place.run("run").code == 0)
            #expect(try place.column("SELECT count(*) FROM c") == ["2"])
        }
    }

    @Test func `what runs outside transactions may not leave a row that refers to nothing either`() throws {
        try withWorkplace { place in
            let tables = """
                CREATE TABLE p (id INTEGER PRIMARY KEY);
                CREATE TABLE c (p REFERENCES p (id));
                INSERT INTO p VALUES (1); INSERT INTO c VALUES (1);
                """
            let bad = "-- migrate:up transaction:false\nVACUUM;\nDELETE FROM p;\n"
            try place.migrate(tables)
            #expect(try place.run("run").code == 0)
            try place.session().execute("INSERT INTO c VALUES (7)")
            try place.migrate(bad)
            let failed = try place.run("run")
            #expect(failed.code == 4 && failed.text.contains("a row of c (rowid 1) refers to a row of p"))
            #expect(!failed.text.contains("rowid 2"), "It referred to nothing before.")
            // As long as the row is there, no later run takes it for one that was there before.
            #expect(try place.run("run").code == 4)
            #expect(try place.run("run", "--resume").code == 4)
            try place.write(bad + "DELETE FROM c;", as: 2)
            let mended = try place.run("run", "--resume")
            #expect(mended.code == 0, "\(mended.text)")
        }
    }

    @Test func `rows that referred to nothing before are no reason outside transactions`() throws {
        try withWorkplace { place in
            try place.migrate(
                "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p REFERENCES p (id));"
            )
            #expect(try place.run("run").code == 0)
            try place.session().execute("INSERT INTO c VALUES (7)")
            try place.migrate("-- migrate:up transaction:false\nVACUUM;\nINSERT INTO p VALUES (1);")
            let ran = try place.run("run")
            #expect(ran.code == 0, "\(ran.text)")
        }
    }

    @Test func `a migration's own transaction becomes ours`() throws {
        try withWorkplace { place in
            try place.migrate(
                "BEGIN;\nCREATE TABLE a (x);\nCOMMIT;",
                "BEGIN EXCLUSIVE;\nCREATE TABLE b (x);\nEND TRANSACTION;"
            )
            #expect(try place.run("run").code == 0)
            try place.migrate("-- migrate:up\nCREATE TABLE c (x);\nCOMMIT;\nCREATE TABLE d (x);")
            #expect(try place.run("run").code == 65)
            #expect(try place.column("SELECT revision FROM apus_revision") == ["0001", "0002"])
        }
    }

    @Test func `what runs outside transactions is recorded statement by statement`() throws {
        try withWorkplace { place in
            try place.migrate(
                "-- migrate:up transaction:false\nPRAGMA journal_mode = WAL;\nCREATE TABLE a (x);\nVACUUM;\nSELECT nope;\nCREATE TABLE b (x);"
            )
            let failed = try place.run("run")
            #expect(failed.code == 4)
            #expect(try place.column("SELECT state || statements_done FROM apus_revision") == ["failed3"])
            #expect(try place.column("PRAGMA journal_mode") == ["wal"])
            #expect(try place.run("run").code == 4)
            try place.write(
                "-- migrate:up transaction:false\nPRAGMA journal_mode = WAL;\nCREATE TABLE a (x);\nVACUUM;\nSELECT 1;\nCREATE TABLE b (x);",
                as: 1
            )
            #expect(try place.run("run", "--resume").code == 0)
            #expect(try place.column("SELECT state || statements_done FROM apus_revision") == ["applied5"])
            try place.migrate("-- migrate:up\nCREATE TABLE c (x);\nVACUUM;")
            let refused = try place.run("run")
            #expect(refused.code == 3 && refused.text.contains("transaction:false"))
        }
    }

    @Test func `an edited statement that was done is not taken up`() throws {
        try withWorkplace { place in
            try place.migrate("-- migrate:up transaction:false\nCREATE TABLE a (x);\nSELECT nope;")
            #expect(try place.run("run").code == 4)
            try place.write("-- migrate:up transaction:false\nCREATE TABLE a (xyz);\nSELECT 1;", as: 1)
            let refused = try place.run("run", "--resume")
            #expect(refused.code == 4 && refused.text.contains("edited"))
        }
    }

    @Test func `a full disk leaves the last revision`() throws {
        try withWorkplace { place in
            try place.migrate("CREATE TABLE a (x);")
            try place.run("run")
            let before = try place.dump()
            try place.migrate("PRAGMA max_page_count = 40;\nCREATE TABLE b AS SELECT randomblob(500000);")
            let failed = try place.run("run")
            #expect(failed.code == 3 && failed.text.contains("error 53100"))
            #expect(failed.text.contains("no room") && !failed.text.contains("Correct the file"))
            #expect(try place.dump() == before)
            #expect(try place.column("PRAGMA integrity_check") == ["ok"])
        }
    }

    @Test func `an application that keeps the file is waited for, then named as the reason`() throws {
        try withWorkplace { place in
            try place.migrate("CREATE TABLE a (x);")
            try place.run("run")
            try place.migrate("CREATE TABLE b (x);")
            let application = try place.session()
            try application.execute("BEGIN IMMEDIATE")
            let job = try Job(place, ["run", "--lock-retry-budget", "30s"])
            usleep(700_000)
            #expect(job.isRunning)
            application.rollBack()
            #expect(job.end() == 0)
        }
    }

    @Test
    func
        `an application that keeps the file for longer than one attempt is waited for by what we record, too`()
        throws
    {
        try withWorkplace { place in
            try place.migrate("CREATE TABLE a (x);")
            try place.run("run")
            try place.migrate("CREATE TABLE b (x);")
            for arguments in [["stamp", "base"], ["stamp", "0001"], ["run", "--lock-retry-budget", "30s"]] {
                let application = try place.session()
                try application.execute("BEGIN IMMEDIATE")
                let job = try Job(place, arguments)
                job.until("ledger.retrying")
                #expect(job.isRunning, "\(job.text)")
                application.rollBack()
                #expect(job.end() == 0, "\(job.text)")
            }
            try place.migrate("CREATE TABLE c (x);")
            let application = try place.session()
            try application.execute("BEGIN IMMEDIATE")
            let job = try Job(place, ["run", "--lock-retry-budget", "100ms"])
            #expect(job.end() == 75 && job.text.contains("recording the run"), "\(job.text)")
        }
    }

    @Test func `a database in WAL mode stays readable while it is migrated`() throws {
        try withWorkplace { place in
            try place.migrate(
                "-- migrate:up transaction:false\nPRAGMA journal_mode=WAL;\nCREATE TABLE a (x);"
            )
            try place.run("run")
            try place.migrate("INSERT INTO a VALUES (1);\n\(Slow.select(seconds: 1));")
            let job = try Job(place, ["run"])
            job.until("revision.applying")
            usleep(200_000)
            #expect(try place.column("SELECT count(*) FROM a") == ["0"])
            #expect(job.end() == 0)
            #expect(try place.column("SELECT count(*) FROM a") == ["1"])
        }
    }
}

/// Statements that take their time.
enum Slow {
    /// About so long on a slow machine; shorter on a fast one.
    static func select(seconds: Int) -> String {
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(seconds * 3_000_000)) SELECT count(*) FROM n"
    }

    static let forever =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
}
