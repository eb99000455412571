import Testing

@testable import SQLText

@Suite struct StatementSplitterTests {
    @Test(arguments: splittingCases)
    func `a script is cut where psql would`(sql: String, expected: [String]) throws {
        let found = try statements(in: sql)
        #expect(found == expected)
    }

    @Test func `a routine or a column may be called begin`() throws {
        let found = try statements(in: "create function begin() returns int as 'x'; select 2")
        #expect(found == ["create function begin() returns int as 'x'", "select 2"])
    }

    @Test func `a dollar behind a colon and a name belongs to the name, for there are no variables`() throws {
        let found = try statements(in: "select :a$b$; select :{?c}; $b$d$b$")
        #expect(found == ["select :a$b$", "select :{?c}", "$b$d$b$"])
    }

    @Test func `backslashes protect in every part of a continued string, as on the server`() throws {
        let found = try statements(in: #"select E'a'"# + "\n" + #"'\';'; select 2"#)
        #expect(found.last == "select 2")
    }

    @Test func `an E string on the same line as another is not continued`() throws {
        let found = try statements(in: #"select E'a' '\'; select 2"#)
        #expect(found == [#"select E'a' '\'"#, "select 2"])
    }

    @Test func `only the range is split`() throws {
        let text = SourceText(Array("select 'a;\nb'; select 2".utf8))
        let found = try StatementSplitter.split(text, in: 15..<23)
        #expect(found.map { text.string(in: $0.range) } == ["select 2"])
    }

    @Test func `a stray end of rows is white space`() throws {
        let found = try statements(in: "select 1;\n\\.\nselect 2")
        #expect(found == ["select 1", "select 2"])
    }
}
