import Testing

@testable import SQLite

@Suite struct RebuildPlanTests {
    private func table(_ names: String..., hasRowid: Bool = true) -> TableShape {
        TableShape(columns: names.map(column), hasRowid: hasRowid)
    }

    /// `"id!"` is another name of the rowid, `"sum="` is generated.
    private func column(_ name: String) -> TableShape.Column {
        TableShape.Column(
            name: name.filter { $0 != "!" && $0 != "=" },
            isGenerated: name.hasSuffix("="),
            isRowid: name.hasSuffix("!")
        )
    }

    private func copy(_ old: TableShape, _ new: TableShape, _ expressions: [String: String] = [:]) -> String?
    {
        RebuildPlan(table: "t", oldTable: "o", old: old, new: new, expressions: expressions).copy?.sql
    }

    private func filling(_ columns: String, from sources: String) -> String {
        "WITH \"t\" AS (SELECT * FROM main.\"o\") INSERT INTO main.\"t\" (\(columns)) "
            + "SELECT \(sources) FROM main.\"o\" AS \"t\""
    }

    @Test func `common columns are copied, whatever their case`() {
        #expect(
            copy(table("id!", "A", "gone"), table("id!", "a", "more"))
                == filling("\"id\", \"a\"", from: "\"id\", \"A\"")
        )
    }

    @Test(arguments: [("Ä", "ä"), ("e\u{301}", "\u{e9}")])
    func `columns that only Unicode takes for one are two`(one: String, other: String) throws {
        let sql = try #require(copy(table("id!", one, other), table("id!", other, one, "a")))
        let columns = "\"id\", \"\(other)\", \"\(one)\""
        #expect(sql.utf8.elementsEqual(filling(columns, from: columns).utf8))
    }

    @Test func `an expression fills the column whose case it has, outside ASCII`() {
        #expect(
            copy(table("id!", "Ä", "ä"), table("id!", "Ä", "ä"), ["ä": "1"])
                == filling("\"id\", \"Ä\", \"ä\"", from: "\"id\", \"Ä\", (1\n)")
        )
    }

    @Test func `generated columns are computed anew, and can become plain ones`() {
        #expect(
            copy(table("id!", "a", "s="), table("id!", "a=", "s"))
                == filling("\"id\", \"s\"", from: "\"id\", \"s\"")
        )
    }

    @Test func `an expression fills a new column, or takes the place of an old one`() {
        #expect(
            copy(table("id!", "a"), table("id!", "a", "Both"), ["both": "a || 'x'", "a": "lower(a)"])
                == filling("\"id\", \"a\", \"Both\"", from: "\"id\", (lower(a)\n), (a || 'x'\n)")
        )
    }

    @Test func `the rowid is kept where nothing shows it`() {
        #expect(
            copy(table("a"), table("a"))
                == filling("rowid, \"a\"", from: "rowid, \"a\"")
        )
        #expect(
            copy(table("rowid", "a"), table("a"))
                == filling("_rowid_, \"a\"", from: "_rowid_, \"a\"")
        )
        #expect(
            copy(table("a"), table("a", hasRowid: false))
                == filling("\"a\"", from: "\"a\"")
        )
        #expect(
            copy(table("a", hasRowid: false), table("a"))
                == filling("\"a\"", from: "\"a\"")
        )
    }

    @Test func `names are quoted`() {
        #expect(
            copy(table("a \"b\"", hasRowid: false), table("a \"b\"", hasRowid: false))
                == filling("\"a \"\"b\"\"\"", from: "\"a \"\"b\"\"\"")
        )
    }

    @Test func `tables without anything in common exchange nothing`() {
        let plan = RebuildPlan(table: "t", oldTable: "o", old: table("a"), new: table("b"))
        #expect(plan.steps.map(\.sql) == ["DROP TABLE main.\"o\""])
    }

    @Test func `what belongs to the table follows in its order, after the old one is gone`() {
        let plan = RebuildPlan(
            table: "t",
            oldTable: "o",
            old: table("a"),
            new: table("b"),
            belongings: [
                SchemaObject(type: "index", name: "i", sql: "CREATE INDEX i ON t (b)"),
                SchemaObject(type: "trigger", name: "r", sql: "CREATE TRIGGER r …"),
            ],
            sequence: 42
        )
        #expect(
            plan.steps.map(\.sql) == [
                "DELETE FROM main.sqlite_sequence WHERE name = 't'",
                "INSERT INTO main.sqlite_sequence (name, seq) VALUES ('t', 42)",
                "DROP TABLE main.\"o\"", "CREATE INDEX i ON t (b)", "CREATE TRIGGER r …",
            ]
        )
        #expect(plan.steps.map(\.purpose).suffix(2) == ["restoring the index i", "restoring the trigger r"])
    }

    @Test func `an expression for a column that is not there, or is generated, is a mistake`() {
        let plan = RebuildPlan(
            table: "t",
            oldTable: "o",
            old: table("a"),
            new: table("a", "g="),
            expressions: ["g": "1", "a": "1", "x": "1"]
        )
        #expect(plan.strays == ["g", "x"])
    }

    @Test(
        arguments: [
            ("-- apus:rebuild users\nCREATE", "users", [:]),
            ("\n /**/", nil, nil), ("-- apus\nCREATE", nil, nil), ("CREATE -- apus:rebuild x", nil, nil),
            ("-- other\n--apus:rebuild \"my \"\"t\"\r\n-- why\nCREATE", "my \"t", [:]),
            ("-- apus:rebuild [a b]\n-- apus:column [C] = a = 'x=y'\nCREATE", "a b", ["c": "a = 'x=y'"]),
        ] as [(String, String?, [String: String]?)]
    )
    func `directives stand in front of their statement`(
        text: String,
        table: String?,
        expressions: [String: String]?
    ) throws {
        let directive = try RebuildDirective(in: Array(text.utf8)[...])
        #expect(directive?.table == table)
        #expect(directive?.expressions == expressions)
    }

    @Test(arguments: [
        "-- apus:rebuild", "-- apus:rebild x", "-- apus:column a = b", "-- apus:rebuild x\n-- apus:column a",
        "-- apus:rebuild x\n-- apus:rebuild y",
        "-- apus:rebuild x\n-- apus:column a = 1\n-- apus:column [A] = 2",
    ])
    func `a directive with a slip of the pen is an error`(text: String) {
        #expect(throws: (any Error).self) { try RebuildDirective(in: Array(text.utf8)[...]) }
    }
}
