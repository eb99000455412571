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

    @Test(.timeLimit(.minutes(1)))
    func `forks and merges all over the place are planned, each after its parents`() throws {
        // A small generator of its own: the same history every time.
        var state: UInt64 = 1
        func chance(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
        let parents = (0..<20_000).map { number -> [Int] in
            guard number > 0 else { return [] }
            return (0...chance(3)).map { _ in chance(number) }
        }
        let steps = try graph(of: 20_000) { parents[$0] }.plan(upgradeTo: .heads, applied: []).steps
        let places = Dictionary(uniqueKeysWithValues: steps.enumerated().map { ($1.rawValue, $0) })
        #expect(steps.count == 20_000)
        #expect(
            parents.indices.allSatisfy { number in
                parents[number].allSatisfy { (places["r\($0)"] ?? 0) < (places["r\(number)"] ?? 0) }
            }
        )
    }
}
