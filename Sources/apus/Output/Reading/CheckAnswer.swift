import Database
import Engine
import Ledgers
import Revisions
import Scripts

/// What `apus check` says.
struct CheckAnswer: Encodable {
    let code: Int32
    let reason: String
    let message: String
    let database: String
    let current: [String]
    let heads: [String]
    let pending: [String]
    let half_applied: [String]
    let findings: [String]
    let warnings: [String]

    init(_ inspection: Inspection, _ verdict: Verdict) {
        code = verdict.code.rawValue
        reason = verdict.code.facts.reason
        database = inspection.server.name
        current = inspection.current.map(\.rawValue)
        heads = inspection.migrations.graph.heads.map(\.rawValue)
        pending = verdict.pending.map(\.rawValue)
        half_applied = verdict.begun.map(\.revision.rawValue)
        findings = verdict.contradictions.map(\.description)
        warnings = verdict.warnings.map(\.description)
        message = harmless(
            "\(database) is at \(current.isEmpty ? "base" : shortened(current)): \(Self.words(verdict))"
        )
    }

    /// The first thing that is wrong, in the order of the exit codes' choice.
    private static func words(_ verdict: Verdict) -> String {
        if let first = verdict.contradictions.first {
            let more = verdict.contradictions.count - 1
            return first.description + (more > 0 ? " (and \(more) more: apus status shows them)" : "")
        }
        if let entry = verdict.stuck.first ?? verdict.begun.first { return entry.halfWords }
        guard !verdict.pending.isEmpty else { return "every revision of the files is applied" }
        return
            "\(count(verdict.pending.count, "revision")) pending: \(shortened(verdict.pending.map(\.rawValue)))"
    }
}

extension LedgerEntry {
    /// How far a half done revision is.
    var halfWords: String {
        "revision \(revision) is \(state.words): \(count(statementsDone, "statement")) of it committed"
    }
}
