import Database
import Foundation
import SQLite
import Testing

/// The way back and the ledger's commands on a file.
@Suite struct DowngradeTests {
    private static func step(_ table: String) -> String {
        "-- migrate:up\nCREATE TABLE \(table) (x);\n-- migrate:down\nDROP TABLE \(table);"
    }

    @Test func `what was applied is undone one by one, with its record`() throws {
        try withWorkplace { place in
            try place.migrate(Self.step("a"), Self.step("b"))
            try place.run("run")
            #expect(try place.run("downgrade", "-1").code == 0)
            #expect(try place.column("SELECT revision FROM apus_revision") == ["0001"])
            #expect(try place.run("downgrade", "base", "--yes").code == 0)
            #expect(try place.dump().isEmpty)
            #expect(
                try place.column("SELECT outcome FROM apus_run") == ["succeeded", "succeeded", "succeeded"]
            )
        }
    }

    @Test func `a dry run leaves the file as it was`() throws {
        try withWorkplace { place in
            try place.migrate("CREATE TABLE a (x PRIMARY KEY); CREATE TABLE b (y REFERENCES a (x));")
            #expect(try place.run("upgrade", "--dry-run").code == 0)
            #expect(try place.dump().isEmpty)
            try place.migrate("INSERT INTO b VALUES (77);")
            #expect(try place.run("upgrade", "--dry-run").code == 3)
            #expect(try place.dump().isEmpty)
            #expect(try place.column("SELECT count(*) FROM sqlite_schema") == ["0"])
        }
    }

    @Test func `Alembic's table works in place`() throws {
        try withWorkplace { place in
            try place.migrate(Self.step("a"), Self.step("b"))
            #expect(try place.run("upgrade", "--ledger", "alembic").code == 0)
            #expect(try place.column("SELECT version_num FROM alembic_version") == ["0002"])
            #expect(try place.run("downgrade", "-1", "--ledger", "alembic").code == 0)
            #expect(try place.column("SELECT version_num FROM alembic_version") == ["0001"])
            #expect(try place.column("SELECT name FROM sqlite_schema WHERE name LIKE 'apus%'").isEmpty)
            #expect(try place.run("adopt", "--from", "alembic").code == 0)
            #expect(try place.column("SELECT revision FROM apus_revision") == ["0001"])
        }
    }

    @Test func `a stamp, a repair, and the tables ahead of the first run`() throws {
        try withWorkplace { place in
            try place.migrate(Self.step("a"), Self.step("b"))
            #expect(try place.run("ensure-version").code == 0)
            #expect(try place.run("stamp", "heads").code == 0)
            #expect(
                try place.column("SELECT revision FROM apus_revision ORDER BY sequence") == ["0001", "0002"]
            )
            try place.write(Self.step("c"), as: 2)
            #expect(try place.run("run").code == 7)
            #expect(try place.run("repair").code == 0)
            #expect(try place.run("run").code == 0)
            #expect(try place.run("stamp", "base").code == 0)
            #expect(try place.column("SELECT count(*) FROM apus_revision") == ["0"])
        }
    }

    @Test func `a script leads where the command leads`() throws {
        try withWorkplace { place in
            try place.migrate(
                Self.step("a"),
                "-- migrate:up\nCREATE TABLE b (x DEFAULT 'it''s; so');\n-- migrate:down\nDROP TABLE b;"
            )
            let script = try place.run("upgrade", "--sql")
            let back = try place.run("downgrade", "heads:0001", "--sql")
            #expect(script.code == 0 && back.code == 0 && !place.exists("app.db"))
            try place.run("run")
            let wanted = try (
                place.dump(), place.column("SELECT revision || checksum || state FROM apus_revision")
            )
            try FileManager.default.removeItem(atPath: place.database)
            let session = try place.session()
            try session.execute(script.text)
            #expect(try place.dump() == wanted.0)
            #expect(try place.column("SELECT revision || checksum || state FROM apus_revision") == wanted.1)
            #expect(try place.run("run").text.contains("\"noop\""))
            try session.execute(back.text)
            #expect(try place.column("SELECT revision FROM apus_revision") == ["0001"])
            #expect(try place.run("status", "--exit-code").code == 9)
        }
    }

    @Test func `a rebuild cannot stand in a script`() throws {
        try withWorkplace { place in
            try place.migrate(Self.step("a"), "-- apus:rebuild a\nCREATE TABLE a (x INTEGER);")
            let refused = try place.run("upgrade", "--sql")
            #expect(
                refused.code == 65 && refused.text.contains("0002_step.sql:1: the rebuild looks at the table")
            )
        }
    }
}
