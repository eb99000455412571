import Revisions
import TestSupport
import Testing

@Suite struct RevisionTargetTests {
    @Test(arguments: [
        "head", "heads", "base", "a1b2", "+3", "-1", "a1b2+1", "head-2", "base+3", "billing@head",
        "billing@heads",
        "billing@base", "billing@a1b2", "billing@+1", "billing@-1", "billing@base+1", "a1b2@head",
    ])
    func `a target says what was written`(text: String) throws {
        #expect(try RevisionTarget(parsing: text).description == text)
    }

    @Test(arguments: [
        "", "+0", "-0", "+x", "a+", "@head", "a@", "a b", "a:b", "a@b@head", "a+1junk", "a+1-1", "head@x",
        "+99999999999999999999", "-9223372036854775808", "a-9223372036854775808",
    ])
    func `what is not a target is refused`(text: String) {
        #expect(throws: RevisionError.malformedTarget(text)) { try RevisionTarget(parsing: text) }
    }

    @Test func `a range has two ends, and either may be open`() throws {
        #expect(try RevisionRange(parsing: ":") == RevisionRange())
        #expect(try RevisionRange(parsing: "a:") == RevisionRange(from: .named("a")))
        #expect(try RevisionRange(parsing: ":head") == RevisionRange(to: .head))
        #expect(throws: RevisionError.malformedRange("a:b:c")) { try RevisionRange(parsing: "a:b:c") }
        #expect(throws: RevisionError.malformedRange("a")) { try RevisionRange(parsing: "a") }
    }

    @Test func `the history of a range is newest first, with both ends`() throws {
        let graph = try graph("a", "a -> b", "b -> c", "c -> d")
        func history(_ range: String) throws -> [Revision.ID] {
            try graph.history(RevisionRange(parsing: range), applied: ["a", "b", "c"])
        }
        #expect(try history(":") == ["d", "c", "b", "a"])
        #expect(try history("b:c") == ["c", "b"])
        #expect(try history("-1:current") == ["c", "b"])
        #expect(try history("b:+9") == ["d", "c", "b"])
        #expect(throws: RevisionError.notAnAncestor(start: "c", end: "a")) { try history("c:a") }
    }

    @Test func `a range is planned without a database`() throws {
        let graph = try graph("a", "a -> b", "b -> c", "c -> d")
        #expect(try graph.plan(upgradeOver: RevisionRange(parsing: "a:c")).steps == ["b", "c"])
        #expect(try graph.plan(upgradeOver: RevisionRange(parsing: "a:+1")).steps == ["b"])
        #expect(try graph.plan(downgradeOver: RevisionRange(parsing: "c:a")).steps == ["c", "b"])
        #expect(throws: RevisionError.malformedRange(":a")) {
            try graph.plan(downgradeOver: RevisionRange(parsing: ":a"))
        }
    }
}
