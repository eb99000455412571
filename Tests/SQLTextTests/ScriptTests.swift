import Testing

@testable import SQLText

@Suite struct ScriptTests {
    @Test(arguments: [
        ("-- migrate:up\na;\n-- migrate:down\nb;\n", ["up: a;\n", "down: b;\n"]),
        ("-- migrate:up\na", ["up: a"]),
        ("-- migrate:up", ["up: "]),
        ("-- migrate:up\n-- migrate:down", ["up: ", "down: "]),
        ("--migrate:up\n-- \t migrate:down \nb", ["up: ", "down: b"]),
        ("-- migrate:up\r\na;\r\n-- migrate:down\r\nb;\r", ["up: a;\r\n", "down: b;\r"]),
        ("-- migrate:up\ra;\r-- migrate:down\rb", ["up: a;\r", "down: b"]),
        ("\u{FEFF}-- migrate:up\na", ["up: a"]),
        ("-- Title\n--\n-- Revises: a\n\n/* long\n */\n;\n-- migrate:up\na", ["up: a"]),
        ("-- migrate:up\na\n-- migrate:down\nb", ["up: a\n", "down: b"]),
        (
            "-- migrate:up\na;\n-- migrate:down\nb;\n-- migrate:up\nc;\n-- migrate:down\nd;\n",
            ["up: a;\n", "down: b;\n", "up: c;\n", "down: d;\n"]
        ),
        ("-- migrate:up\na\n-- migrate:up\nb", ["up: a\n", "up: b"]),
        (
            "-- migrate:up\ncreate function f() begin atomic (\n-- migrate:down\nb",
            [
                "up: create function f() begin atomic (\n", "down: b",
            ]
        ),
    ])
    func `markers cut a script into sections`(sql: String, expected: [String]) throws {
        let found = try sections(in: sql)
        #expect(found == expected)
    }

    @Test(arguments: [
        "do $$\n-- migrate:down\n$$;", "select '\n-- migrate:down\n';", "select \"\n-- migrate:down\n\";",
        "/*\n-- migrate:down\n*/", "copy t from stdin;\n-- migrate:down\n\\.\n",
        "select E'\\'\n-- migrate:down\n';",
        "a; -- migrate:down\n", "--\nmigrate:down\n", "-- x migrate:down\n", "-- migrate: the old rows\n",
        "-- Migrate: update users\n", "-- migrate: up to 100 rows\n",
    ])
    func `text that only looks like a marker is none`(body: String) throws {
        let found = try sections(in: "-- migrate:up\n" + body)
        #expect(found == ["up: " + body])
    }

    @Test(arguments: [
        " -- migrate:down", "\t-- migrate:down", "-- migrate:downgrade", "-- migrate: down",
        "-- migrate :down",
        "-- Migrate:Down", "-- migrate:down;", "--- migrate:down", "-- migrate:rollback", "-- MIGRATE:UP",
        "-- migrate: up transaction:false", "-- migrate:downn",
    ])
    func `a comment that is meant for a marker and is none is an error`(line: String) throws {
        let error = #expect(throws: SQLTextError.self) {
            try sections(in: "-- migrate:up\ncreate table a ();\n\(line)\ndrop table a;\n")
        }
        #expect(error?.problem == .markerLookalike && error?.position.line == 3)
    }

    @Test(arguments: ["", "select 1;", "-- only a comment\n", "\u{FEFF}select 1", "do $$\n-- migrate:up\n$$"])
    func `a file without markers is one up section`(sql: String) throws {
        let script = try script(sql)
        #expect(!script.hasMarkers)
        #expect(script.sections.count == 1)
        #expect(script.sections.first?.direction == .up)
        #expect(script.sections.first?.range == 0..<sql.utf8.count)
        #expect(script.sections.first?.markerLine == nil)
    }

    @Test func `a section knows the line of its marker`() throws {
        let script = try script("-- x\n\n-- migrate:up\na;\n-- migrate:down\n")
        #expect(script.hasMarkers)
        #expect(script.sections.map(\.markerLine) == [3, 5])
    }

    @Test(arguments: [
        ("select 1;\n-- migrate:up\n", SQLTextError.Problem.statementBeforeFirstMarker, 1, 1),
        ("-- c\n  select 1\n-- migrate:up\n", .statementBeforeFirstMarker, 2, 3),
        ("a;\n-- migrate:down\n", .statementBeforeFirstMarker, 1, 1),
        ("-- migrate:down\n-- migrate:up\n", .downBeforeUp, 1, 1),
        ("-- c\n-- migrate:down\n", .downBeforeUp, 2, 1),
        ("-- migrate:up\n-- migrate:down\n-- migrate:down\n", .secondDown, 3, 1),
        ("-- migrate:up foo\n", .unknownOption("foo"), 1, 15),
        ("-- migrate:up transaction:false  Transaction:true\n", .unknownOption("Transaction:true"), 1, 34),
        ("-- migrate:up transaction:maybe\n", .badOptionValue(name: "transaction", value: "maybe"), 1, 15),
        ("-- migrate:up lock_timeout:soon\n", .badOptionValue(name: "lock_timeout", value: "soon"), 1, 15),
        ("-- migrate:up lock_timeout:\n", .badOptionValue(name: "lock_timeout", value: ""), 1, 15),
        (
            "-- migrate:up transaction:false transaction:false\n",
            .repeatedOption("transaction"), 1, 33
        ),
        ("-- migrate:up\nselect 'a;\n", .unterminatedString, 2, 8),
        ("-- migrate:up\n\\set a 1\n", .metaCommand(name: "\\set"), 2, 1),
    ])
    func `a script that cannot be cut says where`(
        sql: String,
        problem: SQLTextError.Problem,
        line: Int,
        column: Int
    ) {
        let error = #expect(throws: SQLTextError.self) { try script(sql) }
        #expect(error?.problem == problem)
        #expect(error?.position == SourcePosition(line: line, column: column))
    }
}
