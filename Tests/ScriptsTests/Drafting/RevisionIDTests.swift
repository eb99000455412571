import Revisions
import Testing

@testable import Scripts

@Suite struct RevisionIDTests {
    /// The same numbers each time, so that IDs collide.
    private struct Predictable: RandomNumberGenerator {
        private var state: UInt64 = 1
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 32
        }
    }

    @Test func `an ID has twelve hexadecimal digits, the first one a letter`() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<1000 {
            let id = Revision.ID.random(beside: [], using: &generator).rawValue
            #expect(id.utf8.count == 12)
            #expect(id.allSatisfy { "0123456789abcdef".contains($0) } && id.first?.isLetter == true)
        }
    }

    @Test func `an ID that begins like another is not taken`() {
        var generator = Predictable()
        let first = Revision.ID.random(beside: [], using: &generator).rawValue
        for taken in [first, String(first.prefix(4)), first + "0"] {
            var generator = Predictable()
            #expect(Revision.ID.random(beside: [taken], using: &generator).rawValue != first)
        }
    }

    @Test func `short names leave room for new ones`() {
        var generator = SystemRandomNumberGenerator()
        let short = ["a", "b", "c", "d", "e", "f", "1", "2", "abc"]
        #expect(Revision.ID.random(beside: short, using: &generator).rawValue.utf8.count == 12)
    }

    @Test(arguments: [
        "a-b", "a b", "a@b", "a:b", "a,b", "a+b", "", "head", "HEADS", "base", "current", "none", "../x",
        ".x", "_x",
        "a/b", "a\u{0}", "a\nb", String(repeating: "x", count: 33), String(repeating: "é", count: 17),
    ])
    func `a chosen ID can be written in a target, in a file name and in Alembic's table`(id: String) {
        #expect(throws: DraftError.self) { try Revision.ID(chosen: id) }
    }

    @Test(arguments: ["a", "0012", "ae1027a6acf", "v1.2_beta", "größe", String(repeating: "x", count: 32)])
    func `other IDs are as they are chosen`(id: String) throws {
        #expect(try Revision.ID(chosen: id).rawValue == id)
    }
}
