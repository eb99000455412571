import Testing

@testable import SQLText

@Suite struct SQLTextErrorTests {
    @Test(arguments: [
        ("select 1;\n select 'a;\nb", SQLTextError.Problem.unterminatedString, 2, 9),
        ("select E'a\\'", .unterminatedString, 1, 8),
        ("select E'a\\", .unterminatedString, 1, 8),
        ("select E'a'\n'b", .unterminatedString, 1, 8),
        ("select '''", .unterminatedString, 1, 10),
        ("select \"a;", .unterminatedIdentifier, 1, 8),
        ("select u&\"a\"\"", .unterminatedIdentifier, 1, 8),
        ("do $a$ $$ $A$\n$", .unterminatedDollarQuote(tag: "$a$"), 1, 4),
        ("do $$", .unterminatedDollarQuote(tag: "$$"), 1, 4),
        ("a /* b /* c */", .unterminatedComment, 1, 3),
        ("a /*/", .unterminatedComment, 1, 3),
        ("select 'é', \0", .zeroByte, 1, 13),
    ])
    func `text that never ends is shown where it started`(
        sql: String,
        problem: SQLTextError.Problem,
        line: Int,
        column: Int
    ) {
        let error = #expect(throws: SQLTextError.self) { try statements(in: sql) }
        #expect(error?.problem == problem)
        #expect(error?.position == SourcePosition(line: line, column: column))
    }

    @Test(arguments: [
        ("\\set a 1", "\\set"), ("\\i x.sql", "\\i"), ("\\connect d", "\\connect"), ("\\d+", "\\d"),
        ("\\;", "\\;"),
        ("\\g", "\\g"), ("\\!ls", "\\!"), ("\\é", "\\é"), ("\\", "\\"), ("\\restricted", "\\restricted"),
        ("\\\\", "\\\\"),
    ])
    func `a command of psql is named`(command: String, name: String) {
        let error = #expect(throws: SQLTextError.self) { try statements(in: "select 1 \(command)\n") }
        #expect(error?.problem == .metaCommand(name: name))
        #expect(error?.position == SourcePosition(line: 1, column: 10))
    }

    @Test(arguments: [
        [0xFF], [0xC3], [0xC3, 0x28], [0xED, 0xA0, 0x80], [0xC0, 0x80], [0xF5, 0x80, 0x80, 0x80],
    ])
    func `invalid UTF-8 is an error with its position`(bytes: [UInt8]) {
        let text = SourceText(Array("select 'é\nx".utf8) + bytes + Array("';".utf8))
        let error = #expect(throws: SQLTextError.self) {
            try StatementSplitter.split(text, in: 0..<text.bytes.count)
        }
        #expect(error?.problem == .invalidUTF8(byte: bytes[0]))
        #expect(error?.position == SourcePosition(line: 2, column: 2))
    }

    @Test func `a description says what is wrong and what to do`() {
        let error = #expect(throws: SQLTextError.self) { try statements(in: "\\set a 1") }
        #expect(
            error?.description
                == "\\set is a command of psql, not SQL. Remove it, or write what it does as SQL."
        )
    }

    @Test func `an empty value is worded`() {
        let error = #expect(throws: SQLTextError.self) { try script("-- migrate:up transaction:") }
        #expect(error?.description == "transaction cannot be empty. Write true or false.")
    }
}
