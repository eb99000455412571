import Testing

@testable import SQLText

@Suite struct DirectiveTests {
    private func parse(_ sql: String, _ dialect: Dialect = .sqlite) throws(SQLTextError) {
        _ = try Script.parse(SourceText(Array(sql.utf8), dialect: dialect))
    }

    @Test(arguments: [
        "-- apus:rebuild t\n-- apus:column a = 1\n-- why\n-- apus:column b = 2\nCREATE TABLE t (a, b);",
        "-- apus:rebuild t\n-- apus:column Ä = 1\n-- apus:column ä = 2\nCREATE TABLE t (\"Ä\", \"ä\");",
        "-- migrate:up\nSELECT 1; --apus:rebuild [my t]\r\n/* why */ create table [my t] (a)\n-- migrate:down\nSELECT 2;",
        "-- apus:rebuild t\nCREATE TABLE t (a);\n-- apus:rebuild t\nCREATE TABLE IF NOT EXISTS t (a);",
        "SELECT '\n-- apus:rebuild t'; -- apus: a bird, apus:rebuild\n/* about apus:rebuild */ -- apus",
    ])
    func `directives above their statement, and words about them, may stand in a script`(sql: String) throws {
        try parse(sql)
    }

    @Test(arguments: [
        ("SELECT 1;\n  -- apus:rebuild t\n", SQLTextError.Problem.misplacedDirective, 2, 3),
        ("-- migrate:up\n-- apus:rebuild t\n-- migrate:down\nCREATE TABLE t (a);", .misplacedDirective, 2, 1),
        ("-- apus:rebuild t\n-- migrate:up\nCREATE TABLE t (a);", .misplacedDirective, 1, 1),
        ("CREATE TABLE t ( -- apus:rebuild t\na);", .misplacedDirective, 1, 18),
        ("-- apus:rebuild t\nSELECT 1;\nCREATE TABLE t (a);", .misplacedDirective, 1, 1),
        ("-- apus:column a = 1\nCREATE TABLE t (a);", .misplacedDirective, 1, 1),
        ("/* apus:rebuild t */\nCREATE TABLE t (a);", .misplacedDirective, 1, 1),
        ("SELECT 1; /*apus:rebuild t", .misplacedDirective, 1, 11),
        ("-- APUS:rebuild t\nCREATE TABLE t (a);", .unknownDirective, 1, 1),
        ("-- apus: rebuild t\nCREATE TABLE t (a);", .unknownDirective, 1, 1),
        ("-- apus:Rebuild t\nCREATE TABLE t (a);", .unknownDirective, 1, 1),
        ("-- apus:rebuld t\nCREATE TABLE t (a);", .unknownDirective, 1, 1),
        ("-- apus:rebuild\nCREATE TABLE t (a);", .unknownDirective, 1, 1),
        ("-- apus:rebuild t\n-- apus:rebuild u\nCREATE TABLE t (a);", .unknownDirective, 2, 1),
        ("-- apus:rebuild t\n-- apus:column a\nCREATE TABLE t (a);", .unknownDirective, 2, 1),
        ("-- apus:rebuild t\n-- apus:column a =\nCREATE TABLE t (a);", .unknownDirective, 2, 1),
        (
            "-- apus:rebuild t\n-- apus:column a = 1\n-- apus:column \"A\" = 2\nCREATE TABLE t (a);",
            .repeatedColumn("a"), 3, 1
        ),
    ])
    func `a directive of which nothing would come is an error`(
        sql: String,
        problem: SQLTextError.Problem,
        line: Int,
        column: Int
    ) {
        let error = #expect(throws: SQLTextError.self) { try parse(sql) }
        #expect(error?.problem == problem)
        #expect(error?.position == SourcePosition(line: line, column: column))
    }

    @Test(arguments: ["-- apus:rebuild t\nSELECT 1;", "SELECT 1 /* apus:rebuild t /* a */ */;"])
    func `a directive is an error where it is not for SQLite`(sql: String) {
        let error = #expect(throws: SQLTextError.self) { try parse(sql, .postgreSQL) }
        #expect(error?.problem == .directiveWithoutSQLite)
    }
}
