import Database
import Engine
import Ledgers
import Revisions
import Scripts

/// What `apus status` shows: each revision once, in the order it was or will be applied.
struct StatusOverview: Encodable {
    struct Line: Encodable {
        var revision: String
        var state: String
        var description: String
        var file: String?
        var applied_at: String?
        var run: String?
    }

    let database: String
    let current: [String]
    let heads: [String]
    let pending: Int
    let findings: [String]
    let revisions: [Line]

    /// - Throws: `Failure`.
    init(_ inspection: Inspection) throws(Failure) {
        let steps = try inspection.pending()
        let found = inspection.findings
        let states = Dictionary(found.map { ($0.revision, $0.word) }) { _, last in last }
        database = inspection.server.name
        current = inspection.current.map(\.rawValue)
        heads = inspection.migrations.graph.heads.map(\.rawValue)
        pending = steps.count
        findings = found.map(\.description)
        let begun = Set(inspection.entries.filter { !$0.isApplied }.map(\.revision))
        revisions =
            inspection.entries.map { entry in
                Line(
                    revision: entry.revision.rawValue,
                    state: states[entry.revision] ?? entry.state.words,
                    description: entry.description.isEmpty
                        ? inspection.migrations[entry.revision]?.title ?? "" : entry.description,
                    file: inspection.migrations[entry.revision]?.up.path,
                    applied_at: entry.appliedAt,
                    run: entry.runID
                )
            }
            + steps.filter { !begun.contains($0) }.map { step in
                Line(
                    revision: step.rawValue,
                    state: states[step] ?? "pending",
                    description: inspection.migrations[step]?.title ?? "",
                    file: inspection.migrations[step]?.up.path
                )
            }
    }

    var text: String {
        let width = revisions.map(\.revision.count).max() ?? 0
        let lines = revisions.map { line in
            "\(padded(line.state, to: 13))  \(padded(line.revision, to: width))  \(padded(line.applied_at ?? "", to: 20))  \(line.description)"
        }
        let at = current.isEmpty ? "base" : current.joined(separator: ", ")
        let summary =
            "\(database) is at \(at); \(pending == 0 ? "nothing" : count(pending, "revision")) pending"
        return (lines + [summary] + findings).map(harmless).joined(separator: "\n")
    }

    private func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}

extension LedgerEntry.State {
    /// For people.
    var words: String {
        switch self {
        case .applied: "applied"
        case .running, .failed: "half applied"
        case .reverting, .revertFailed: "half reverted"
        }
    }
}
