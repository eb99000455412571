import Testing

@testable import SQLText

@Suite struct SourceTextTests {
    @Test(arguments: [
        (0, 1, 1), (3, 1, 4), (4, 2, 1), (5, 2, 2), (7, 2, 3), (8, 2, 4), (9, 3, 1), (11, 3, 3),
    ])
    func `positions count characters from 1`(offset: Int, line: Int, column: Int) {
        let text = SourceText(Array("abc\nxé;\nyz".utf8))
        #expect(text.position(of: offset) == SourcePosition(line: line, column: column))
    }

    @Test func `a byte-order mark is no column and no part of the first line`() {
        let text = SourceText([0xEF, 0xBB, 0xBF] + Array("ab\n".utf8))
        #expect(text.position(of: 0) == SourcePosition(line: 1, column: 1))
        #expect(text.position(of: 4) == SourcePosition(line: 1, column: 2))
        #expect(text.line(1) == "ab")
    }

    @Test func `a line comes without its end`() {
        let text = SourceText(Array("one\r\ntwo\n\nfour".utf8))
        #expect((0...5).map(text.line) == ["", "one", "two", "", "four", ""])
    }

    @Test func `invalid UTF-8 is repaired for people`() {
        #expect(SourceText([0x61, 0xFF, 0x62]).line(1) == "a\u{FFFD}b")
    }

    @Test(arguments: [(1, 2), (2, 3), (3, 5), (4, 9), (5, 10), (99, 10), (0, 2)])
    func `a character that the server counted is found`(character: Int, offset: Int) {
        let text = SourceText(Array("; aé𝄞b".utf8))
        #expect(text.offset(ofCharacter: character, from: 2) == offset)
    }
}
