import FoundationEssentials
import Revisions
import Testing

/// The graph beside the real Alembic: the cases of `Tests/oracle/cases.jsonl`, or those of the file that
/// `APUS_ORACLE_CASES` names (`make oracle` draws new ones).
@Suite struct OracleTests {
    private let root = #filePath.split(separator: "/Tests/RevisionsTests/")[0]

    @Test func `every answer is Alembic's, or differs in a way that has a name`() throws {
        let fresh = ProcessInfo.processInfo.environment["APUS_ORACLE_CASES"]
        let cases = try OracleCase.read(fresh ?? "\(root)/Tests/oracle/cases.jsonl")
        var tally: [String: Int] = [:]
        for question in cases {
            let verdict = verdict(on: question)
            tally["\(question.command): \(verdict)", default: 0] += 1
        }
        #expect(cases.count >= 500)
        if fresh != nil { show(tally, of: cases.count) }
    }

    @Test func `every difference has a row in the documentation`() throws {
        let text = try String(contentsOfFile: "\(root)/docs/alembic.md", encoding: .utf8)
        for difference in Difference.allCases {
            #expect(
                text.contains("| \(difference.rawValue) |"),
                "docs/alembic.md misses \(difference.rawValue)"
            )
        }
    }

    private func verdict(on question: OracleCase) -> String {
        let ours = question.ours
        #expect(question.isSound(ours), "unsound: \(question)\n  ours: \(ours)")
        if question.answers.contains(where: { $0.agrees(with: ours) }) { return "same" }
        if let difference = Difference.allCases.first(where: { $0.explains(question, ours) }) {
            return difference.rawValue
        }
        Issue.record("not Alembic's answer: \(question)\n  ours: \(ours)")
        return "WRONG"
    }

    private func show(_ tally: [String: Int], of count: Int) {
        print("\(count) cases:")
        for (verdict, count) in tally.sorted(by: { $0.key < $1.key }) { print("  \(verdict): \(count)") }
    }
}
