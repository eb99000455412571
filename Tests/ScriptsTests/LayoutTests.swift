import Revisions
import Testing

@testable import Scripts

extension Layout {
    var migrations: [Migration] { zip(revisions, files).map { Migration($0, up: $1.up, down: $1.down) } }
}

@Suite struct LayoutTests {
    private func layout(_ files: [(String, String)]) throws -> Layout {
        try Layout(files.map { SourceFile(path: "m/\($0.0)", bytes: Array($0.1.utf8)) })
    }

    private func order(_ files: [(String, String)]) throws -> [String] {
        try layout(files).migrations.map(\.revision.id.rawValue)
    }

    @Test func `files without a header follow each other by number`() throws {
        let layout = try layout([("10_c.sql", ""), ("2_b.sql", ""), ("1_a.sql", "")])
        #expect(layout.migrations.map(\.revision.id) == ["1", "2", "10"])
        #expect(layout.migrations.map(\.revision.parents) == [[], ["1"], ["2"]])
    }

    @Test func `a directory that dbmate has run keeps dbmate's order, byte for byte`() throws {
        let up = "-- migrate:up\n"
        #expect(try order([("9_a.sql", up), ("10_b.sql", up), ("100_c.sql", up)]) == ["100", "10", "9"])
    }

    @Test func `a header tells ID, parents, labels, dependencies and title`() throws {
        let text = """
            -- Add billing
            --
            -- Revision ID: abc
            -- Revises: x, y
            -- Branch Labels: billing
            -- Depends On: z
            -- Create Date: 2026-11-21 03:00:00+00:00

            -- migrate:up
            -- Revises: not a header any more
            """
        let migration = try #require(try layout([("abc_add.sql", text)]).migrations.first)
        #expect(migration.revision.id == "abc")
        #expect(migration.revision.parents == ["x", "y"])
        #expect(migration.revision.labels == ["billing"])
        #expect(migration.revision.dependencies == ["z"])
        #expect(migration.title == "Add billing")
    }

    @Test func `files with a header may follow a history of files without one`() throws {
        let migrations = try layout([
            ("1_a.sql", ""), ("2_b.sql", ""), ("c0ffee_c.sql", "-- Revision ID: c0ffee\n-- Revises: 2\n"),
        ]).migrations
        #expect(migrations.map(\.revision.id) == ["1", "2", "c0ffee"])
        #expect(migrations.last?.revision.parents == ["2"])
    }

    @Test func `the way back in a file of its own is never an upgrade`() throws {
        let layout = try layout([("1_a.up.sql", "A"), ("1_a.down.sql", "B"), ("2_b.up.sql", "C")])
        #expect(layout.migrations.map(\.revision.id) == ["1", "2"])
        #expect(layout.migrations.first?.down?.bytes == Array("B".utf8))
        #expect(layout.migrations.last?.down == nil)
    }

    @Test func `a way back whose name is a number alone is one`() throws {
        let layout = try layout([
            ("1.up.sql", "A"), ("1.down.sql", "B"), ("2.sql", "C"), ("2.down.sql", "D"),
        ])
        #expect(layout.migrations.map(\.up.bytes) == [Array("A".utf8), Array("C".utf8)])
        #expect(layout.migrations.map(\.down?.bytes) == [Array("B".utf8), Array("D".utf8)])
        #expect(layout.ignored.isEmpty)
    }

    @Test func `a file without a number among numbered ones is left out, and named`() throws {
        let layout = try layout([("1_a.sql", ""), ("seed.sql", "")])
        #expect(layout.migrations.count == 1)
        #expect(layout.ignored == ["seed.sql"])
    }

    @Test func `a file that tells no place among files with headers is left out, and named`() throws {
        let layout = try layout([("a_x.sql", "-- Revision ID: a\n"), ("schema.sql", "CREATE TABLE dump ();")])
        #expect(layout.migrations.map(\.revision.id) == ["a"])
        #expect(layout.ignored == ["schema.sql"])
    }

    @Test func `a way back belongs to the only file with its number, whatever its words, and else to none`()
        throws
    {
        let layout = try layout([
            ("6_namespaces.up.sql", ""), ("6_namepaces.down.sql", "B"), ("7_a.up.sql", ""),
            ("7_b.up.sql", ""),
            ("7_c.down.sql", ""), ("8_d.down.sql", ""),
        ])
        #expect(layout.migrations.first?.down?.bytes == Array("B".utf8))
        #expect(layout.migrations.dropFirst().allSatisfy { $0.down == nil })
        #expect(layout.ignored == ["7_c.down.sql", "8_d.down.sql"])
    }

    @Test func `Flyway's versions are compared part by part`() throws {
        let names = ["V1__init.sql", "V1.1__x.sql", "V1.2__y.sql", "V1.10__z.sql", "V2__b.sql", "schema.sql"]
        #expect(try order(names.map { ($0, "") }) == ["V1", "V1.1", "V1.2", "V1.10", "V2"])
    }

    @Test(arguments: ["R__views.sql", "U1__undo.sql", "B5__base.sql"])
    func `what Flyway runs at other times is refused beside its versions`(name: String) throws {
        let error = #expect(throws: ScriptError.self) { try layout([("V1__init.sql", ""), (name, "")]) }
        #expect(error?.description.hasPrefix("m/\(name): ") == true)
    }

    @Test func `a line "Depends on" in a file without a header is prose`() throws {
        let layout = try layout([
            ("1_a.sql", ""), ("2_b.sql", "-- Depends on: Migration 1 (tables), and more\n"),
        ])
        #expect(layout.migrations.map(\.revision.dependencies) == [[], []])
    }

    @Test func `plain files that share a number are told apart by their names`() throws {
        #expect(
            try order([("001_a.sql", ""), ("001_b.sql", ""), ("002_c.sql", "")]) == ["001_a", "001_b", "002"]
        )
    }
}
