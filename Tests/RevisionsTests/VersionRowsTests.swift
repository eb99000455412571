import Revisions
import TestSupport
import Testing

@Suite struct VersionRowsTests {
    private func merged() throws -> RevisionGraph {
        try graph("a", "a -> b1", "a -> b2", "b1, b2 -> m")
    }

    @Test func `a table of heads is kept with one statement for most steps`() throws {
        var rows = try VersionRows([], of: merged())
        #expect(rows.take("a", .up) == [.insert("a")])
        #expect(rows.take("b2", .up) == [.update(from: "a", to: "b2")])
        #expect(rows.take("b1", .up) == [.insert("b1")])
        #expect(rows.take("m", .up) == [.delete("b1"), .update(from: "b2", to: "m")])
        #expect(rows.take("m", .down) == [.update(from: "m", to: "b2"), .insert("b1")])
        #expect(rows.take("b1", .down) == [.delete("b1")])
        #expect(rows.rows == ["b2"])
    }

    @Test func `rows that others imply go with the first step`() throws {
        var rows = try VersionRows(["a", "b1"], of: merged())
        #expect(rows.take("b2", .up) == [.update(from: "a", to: "b2")])
        #expect(rows.rows == ["b1", "b2"])
    }

    @Test func `rows say what is applied, and what is applied says the rows`() throws {
        let graph = try graph("a", "a -> b", "x (needs b)")
        #expect(try graph.applied(rows: ["x"]) == ["a", "b", "x"])
        #expect(graph.currentHeads(applied: ["a", "b", "x"]) == ["x"])
        #expect(graph.currentTips(applied: ["a", "b", "x"]) == ["b", "x"])
        #expect(throws: RevisionError.notInFiles("z")) { try graph.applied(rows: ["z"]) }
    }

    @Test func `a stamp below a merge keeps the other parent where the ledger knows it`() throws {
        let graph = try merged()
        let all: Set<Revision.ID> = ["a", "b1", "b2", "m"]
        #expect(try graph.applied(stamping: [.named("b1")], applied: all) == ["a", "b1", "b2"])
        #expect(try graph.rows(stamping: [.named("b1")], rows: ["m"]) == ["b1"])
    }

    @Test func `a stamp says everything below is applied, and nothing above`() throws {
        let graph = try merged()
        #expect(try graph.applied(stamping: [.head], applied: []) == ["a", "b1", "b2", "m"])
        #expect(try graph.applied(stamping: [.base], applied: ["a", "b1"]) == [])
        #expect(try graph.applied(stamping: [.named("a")], applied: ["a", "b1", "z"]) == ["a", "z"])
        #expect(try graph.applied(stamping: [.named("a")], applied: ["z"], purge: true) == ["a"])
    }

    @Test func `a branch can be forgotten alone`() throws {
        let graph = try graph("a", "a -> b", "x [side]", "x -> y")
        let base = try RevisionTarget(parsing: "side@base")
        #expect(try graph.applied(stamping: [base], applied: ["a", "b", "x", "y"]) == ["a", "b"])
    }
}
