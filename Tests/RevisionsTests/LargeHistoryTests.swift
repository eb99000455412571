import Revisions
import Testing

/// Shapes that a careless walk takes quadratic time for.
@Suite struct LargeHistoryTests {
    private func graph(of count: Int, _ parents: (Int) -> [Int]) throws -> RevisionGraph {
        try RevisionGraph(
            (0..<count).map { number in
                Revision(
                    id: .init(rawValue: "r\(number)"),
                    parents: parents(number).map { .init(rawValue: "r\($0)") }
                )
            }
        )
    }

    @Test(.timeLimit(.minutes(1))) func `twenty thousand branches from one fork are planned`() throws {
        let star = try graph(of: 20_000) { $0 == 0 ? [] : [0] }
        #expect(try star.plan(upgradeTo: .heads, applied: []).steps.first == "r0")
    }

    @Test(.timeLimit(.minutes(1))) func `a branch beside every revision is planned`() throws {
        let comb = try graph(of: 20_000) { $0 == 0 ? [] : $0 % 2 == 1 ? [$0 - 1] : [$0 - 2] }
        #expect(try comb.plan(upgradeTo: .heads, applied: []).steps.count == 20_000)
    }

    @Test(.timeLimit(.minutes(1))) func `two lines that join at every revision are planned`() throws {
        let ladder = try graph(of: 20_000) { number in
            if number < 2 { return number == 0 ? [] : [0] }
            return number % 2 == 0 ? [number - 2] : [number - 2, number - 1]
        }
        let plan = try ladder.plan(upgradeTo: .heads, applied: [])
        #expect(plan.steps.count == 20_000 && plan.steps.last == "r19999")
    }
}
