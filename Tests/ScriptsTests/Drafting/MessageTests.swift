import Testing

@testable import Scripts

@Suite struct MessageTests {
    private func slug(_ text: String) throws -> String { try #require(Message(text)).slug }
    private func lines(_ text: String) throws -> [String] {
        try #require(Message(text)).lines(besideMarkers: true)
    }

    @Test(arguments: [
        ("Add users", "add_users"), ("  Add   users!  ", "add_users"), ("add_users", "add_users"),
        ("Größe & Maß", "größe_maß"), ("добавить", "добавить"), ("नमस्ते दुनिया", "नमस्ते_दुनिया"),
        ("用户表", "用户表"), ("e\u{301}te\u{301}", "e\u{301}te\u{301}"), ("\u{301}x", "x"),
        ("v1.2: don't", "v1_2_don_t"), ("../../etc/passwd", "etc_passwd"), ("a\nb", "a"),
    ])
    func `a slug has the letters and digits of the title, of any script`(text: String, slug: String) throws {
        #expect(try self.slug(text) == slug)
    }

    @Test(arguments: ["🚀", "!!!", "--", "\u{301}"])
    func `a title without letters still gives a name`(text: String) throws {
        #expect(try slug(text) == "revision")
    }

    @Test func `a long title is cut after a word, a long word after forty letters`() throws {
        #expect(
            try slug("add the column that everybody has been waiting for")
                == "add_the_column_that_everybody_has_been"
        )
        #expect(try slug(String(repeating: "x", count: 500)) == String(repeating: "x", count: 40))
        let title = String(repeating: "a", count: 35)
        #expect(try slug("\(title) bbbb") == "\(title)_bbbb")
        #expect(try slug("\(title) bbbbb") == title)
    }

    @Test(arguments: ["", "  ", "\n\n\t"])
    func `a text without a visible character is no message`(text: String) {
        #expect(Message(text) == nil)
    }

    @Test func `lines stay lines, and what cannot be seen goes`() throws {
        #expect(try lines("\n Add users \r\n\r\n\u{1B}[31mwhy\u{7} \n\n") == ["Add users", "", "[31mwhy"])
        #expect(try lines("a\u{2028}b\u{B}c") == ["a", "b", "c"])
    }

    @Test(arguments: [
        "Revises: a", "revision id: x", "Branch Labels: x", "Depends On: x", "Create Date: now", "migrate:up",
        "migrate:down", "apus:rebuild users",
    ])
    func `a line that would be read as more than words stands in quotes`(line: String) throws {
        #expect(try lines("Title\n\(line)") == ["Title", "\"\(line)\""])
    }

    @Test func `a line that another tool would read stands in quotes where no marker says it is ours`() throws
    {
        let message = try #require(Message("Down migration of last week"))
        #expect(message.lines(besideMarkers: true) == ["Down migration of last week"])
        #expect(message.lines(besideMarkers: false) == ["\"Down migration of last week\""])
    }
}
