import Revisions
import TestSupport
import Testing

@Suite struct DowngradeTests {
    private func merged() throws -> RevisionGraph {
        try graph("a", "a -> b1", "a -> b2", "b1, b2 -> m", "m -> n")
    }

    private func steps(_ target: String, applied: Set<Revision.ID>, journal: [Revision.ID]? = nil) throws
        -> [Revision.ID]
    {
        let target = try RevisionTarget(parsing: target)
        return try merged().plan(downgradeTo: target, applied: applied, journal: journal).steps
    }

    @Test func `a downgrade undoes what stands above its target, highest first`() throws {
        let all: Set<Revision.ID> = ["a", "b1", "b2", "m", "n"]
        #expect(try steps("b1", applied: all) == ["n", "m"])
        #expect(try steps("b1@a", applied: all) == ["n", "m", "b1"])
        #expect(try steps("base", applied: all) == ["n", "m", "b1", "b2", "a"])
    }

    @Test func `without a journal, steps down go past a merge in the order an upgrade came up`() throws {
        let all: Set<Revision.ID> = ["a", "b1", "b2", "m", "n"]
        #expect(try steps("-1", applied: all) == ["n"])
        #expect(try steps("-1", applied: all.subtracting(["n"])) == ["m"])
        #expect(try steps("-1", applied: ["a", "b1", "b2"]) == ["b1"])
        #expect(try steps("-4", applied: all) == ["n", "m", "b1", "b2"])
    }

    @Test func `with a journal, steps down undo what was applied last`() throws {
        let journal: [Revision.ID] = ["a", "b1", "b2"]
        #expect(try steps("-1", applied: ["a", "b1", "b2"], journal: journal) == ["b2"])
        #expect(try steps("-1", applied: ["a", "b1"], journal: journal) == ["b1"])
        #expect(try steps("b1@-1", applied: ["a", "b1", "b2"], journal: journal) == ["b1"])
    }

    @Test func `what depends on something undone is undone with it`() throws {
        let graph = try graph("a", "a -> b", "x (needs b)")
        #expect(try graph.plan(downgradeTo: .named("a"), applied: ["a", "b", "x"]).steps == ["x", "b"])
    }

    @Test func `what was applied last and has no file cannot be undone`() throws {
        #expect(throws: RevisionError.notInFiles("z")) {
            try steps("-1", applied: ["a", "z"], journal: ["a", "z"])
        }
    }

    @Test func `too many steps and the wrong way are errors`() throws {
        #expect(throws: RevisionError.tooFewSteps(target: "-3", available: 2)) {
            try steps("-3", applied: ["a", "b1"])
        }
        #expect(throws: RevisionError.wrongDirection(target: "+1")) { try steps("+1", applied: ["a"]) }
    }

    @Test func `a plan without steps says why`() throws {
        let graph = try merged()
        let above = try graph.plan(upgradeTo: .named("a"), applied: ["a", "b1"])
        #expect(above.idleness == .alreadyAbove(["a"]))
        #expect(
            try graph.plan(upgradeTo: .named("b1"), applied: ["a", "b1"]).idleness == .alreadyThere(["b1"])
        )
        #expect(try graph.plan(downgradeTo: .base, applied: []).idleness == .alreadyThere([]))
    }
}
