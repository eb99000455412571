import Engine
import Ledgers
import Revisions

/// Whether the schema is what the files say: what `check` and `status --exit-code` end with.
struct Verdict {
    /// Contradictions that a job would end because of.
    let contradictions: [IntegrityFinding]
    /// Contradictions that a job would only mention.
    let warnings: [IntegrityFinding]
    /// Applied or undone to the half.
    let begun: [LedgerEntry]
    /// Those among them that a job does not take up by itself.
    let stuck: [LedgerEntry]
    let pending: [Revision.ID]

    /// - Throws: `Failure`.
    init(_ inspection: Inspection, _ settings: Settings) throws(Failure) {
        let findings = inspection.findings
        contradictions = findings.filter { settings.policy(for: $0) == .fail }
        warnings = findings.filter { settings.policy(for: $0) == .warn }
        begun = inspection.contents.begun
        stuck = try inspection.stuck()
        pending = try inspection.pending()
    }

    /// In the order in which a job would meet them.
    var code: Engine.ExitCode {
        if !contradictions.isEmpty { return Failure.integrity(contradictions).exitCode }
        if !stuck.isEmpty { return .dirty }
        return pending.isEmpty ? .ok : .pending
    }
}
