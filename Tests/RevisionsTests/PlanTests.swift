import Revisions
import TestSupport
import Testing

@Suite struct PlanTests {
    private func fork() throws -> RevisionGraph {
        try graph("a", "a -> b", "b -> c1 [one]", "c1 -> d1", "b -> c2 [two]", "c2 -> d2")
    }

    @Test func `an upgrade runs what is missing, lowest first`() throws {
        let graph = try graph("a", "a -> b", "b -> c")
        #expect(try graph.plan(upgradeTo: .head, applied: []).steps == ["a", "b", "c"])
        #expect(try graph.plan(upgradeTo: .head, applied: ["a"]).steps == ["b", "c"])
        #expect(try graph.plan(upgradeTo: .head, applied: ["a", "b", "c"]).isEmpty)
    }

    @Test func `both lines of a fork are taken in Alembic's order`() throws {
        let plan = try fork().plan(upgradeTo: .heads, applied: [])
        #expect(plan.steps == ["a", "b", "c2", "d2", "c1", "d1"])
    }

    @Test func `a merge comes after both of its parents`() throws {
        let graph = try graph("a", "a -> b", "a -> c", "b, c -> m")
        #expect(try graph.plan(upgradeTo: .head, applied: []).steps == ["a", "c", "b", "m"])
    }

    @Test func `one branch can be taken alone, with what it depends on`() throws {
        #expect(try fork().plan(upgradeTo: .headOf("one"), applied: []).steps == ["a", "b", "c1", "d1"])
        let graph = try graph("a", "b", "a -> c (needs b)")
        #expect(try graph.plan(upgradeTo: .named("c"), applied: ["a"]).steps == ["b", "c"])
    }

    @Test func `several heads must be named`() throws {
        let graph = try fork()
        #expect(throws: RevisionError.severalHeads(["d1", "d2"])) {
            try graph.plan(upgradeTo: .head, applied: [])
        }
    }

    @Test func `the beginning of an ID is enough when only one begins so`() throws {
        let graph = try graph("abc1", "abc1 -> abd2")
        #expect(try graph.plan(upgradeTo: .named("abc"), applied: []).steps == ["abc1"])
        #expect(throws: RevisionError.ambiguousTarget("ab", matches: ["abc1", "abd2"])) {
            try graph.plan(upgradeTo: .named("ab"), applied: [])
        }
        #expect(throws: RevisionError.unknownTarget("zz")) {
            try graph.plan(upgradeTo: .named("zz"), applied: [])
        }
    }

    @Test func `a name of three characters must be written in full, however many bytes they take`() throws {
        let graph = try graph("éa2", "éa2 -> 日本語4")
        #expect(throws: RevisionError.unknownTarget("éa")) {
            try graph.plan(upgradeTo: .named("éa"), applied: [])
        }
        #expect(try graph.plan(upgradeTo: .named("日"), applied: ["éa2"]).steps == ["日本語4"])
    }

    @Test func `steps up are counted from what is applied`() throws {
        let graph = try graph("a", "a -> b", "b -> c")
        #expect(try graph.plan(upgradeTo: .stepsUp(2), applied: ["a"]).steps == ["b", "c"])
        #expect(throws: RevisionError.tooFewSteps(target: "+3", available: 2)) {
            try graph.plan(upgradeTo: .stepsUp(3), applied: ["a"])
        }
        let fork = try fork()
        #expect(throws: RevisionError.ambiguousWalk(from: "b", next: ["c1", "c2"])) {
            try fork.plan(upgradeTo: .stepsUp(1), applied: ["a", "b"])
        }
    }

    @Test func `a revision that was skipped is out of order, and an upgrade would run it`() throws {
        let graph = try graph("a", "a -> b", "b -> c", "c -> d")
        #expect(graph.outOfOrder(applied: ["a", "c"]) == ["b"])
        #expect(graph.outOfOrder(applied: ["a", "b"]) == [])
        #expect(try graph.plan(upgradeTo: .head, applied: ["a", "c"]).steps == ["b", "d"])
    }

    @Test func `current heads are what nothing applied builds on`() throws {
        #expect(try fork().currentHeads(applied: ["a", "b", "c1", "c2", "d2"]) == ["c1", "d2"])
    }

    @Test func `ten thousand revisions in a line are planned without recursion`() throws {
        let revisions = (0..<10_000).map { number in
            Revision(
                id: .init(rawValue: "r\(number)"),
                parents: number == 0 ? [] : [.init(rawValue: "r\(number - 1)")]
            )
        }
        let plan = try RevisionGraph(revisions).plan(upgradeTo: .head, applied: [])
        #expect(plan.steps.count == 10_000 && plan.steps.first == "r0")
    }
}

extension RevisionTarget {
    fileprivate static func headOf(_ branch: String) -> RevisionTarget { .place(.head, on: branch) }
    fileprivate static func stepsUp(_ count: Int) -> RevisionTarget { .stepsFromHere(count, on: nil) }
}
