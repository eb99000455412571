import Testing

@testable import SQLText

@Suite struct CopyDataTests {
    /// Each statement, and behind an arrow its rows.
    private func parts(of sql: String) throws(SQLTextError) -> [String] {
        let text = SourceText(Array(sql.utf8))
        return try StatementSplitter.split(text, in: 0..<text.bytes.count).map { statement in
            let rows = statement.copyData.map { " → " + text.string(in: $0) }
            return text.string(in: statement.range) + (rows ?? "")
        }
    }

    @Test(arguments: [
        ("copy t from stdin;\n1\n2\n\\.\nselect 1;", ["copy t from stdin → 1\n2\n", "select 1"]),
        ("copy t from stdin;\n\\.\n", ["copy t from stdin → "]),
        ("copy t from stdin; -- rows; 'x\n1\n\\.", ["copy t from stdin → 1\n"]),
        ("copy t from stdin;\r\n1\r\n\\.\r\nx", ["copy t from stdin → 1\r\n", "x"]),
        ("copy t from stdin;\n'\n;\n--\n$$\n/*\n\\.\nx;", ["copy t from stdin → '\n;\n--\n$$\n/*\n", "x"]),
        ("copy t from stdin;\n\\.x\n \\.\n\\\\.\n\\.\n", ["copy t from stdin → \\.x\n \\.\n\\\\.\n"]),
        ("COPY \"s;\".t (a, b) FROM STDIN;\n1\n\\.\n", ["COPY \"s;\".t (a, b) FROM STDIN → 1\n"]),
        ("copy t from stdin with (format csv);\n1\n\\.\n", ["copy t from stdin with (format csv) → 1\n"]),
        ("copy binary t from stdin delimiters '|';\n\\.\n", ["copy binary t from stdin delimiters '|' → "]),
        ("copy t from stdin where a > 1;\n\\.\n", ["copy t from stdin where a > 1 → "]),
        ("copy /* c */ t -- c\n from stdin\n;\n1\n\\.\n", ["copy /* c */ t -- c\n from stdin → 1\n"]),
    ])
    func `rows follow the line of the statement`(sql: String, expected: [String]) throws {
        let found = try parts(of: sql)
        #expect(found == expected)
    }

    @Test(arguments: [
        "copy t to stdout", "copy t from 'stdin'", "copy t from program 'stdin'", "copy t from '/tmp/stdin'",
        "copy (select 1 from stdin) to stdout", "copy (select 1) to stdout", "select 'copy t from stdin'",
        "(copy t from stdin)", "copy t from \"stdin\"",
    ])
    func `other statements have no rows`(sql: String) throws {
        let found = try parts(of: sql + ";\nselect 1")
        #expect(found == [sql, "select 1"])
    }

    @Test(arguments: [
        "copy t from stdin", "copy t from stdin;", "copy t from stdin;\n", "copy t from stdin;\n1\n",
    ])
    func `rows that do not end are an error at the statement`(sql: String) {
        let error = #expect(throws: SQLTextError.self) { try parts(of: "select 1;\n" + sql) }
        #expect(error?.problem == .unterminatedCopyData)
        #expect(error?.position == SourcePosition(line: 2, column: 1))
    }

    @Test func `a statement between COPY and its rows is an error`() {
        let error = #expect(throws: SQLTextError.self) {
            try parts(of: "copy t from stdin; select 1;\n1\n\\.\n")
        }
        #expect(error?.problem == .textBeforeCopyData)
        #expect(error?.position == SourcePosition(line: 1, column: 20))
    }
}
