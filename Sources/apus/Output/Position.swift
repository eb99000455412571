import Database
import Engine
import Ledgers
import Revisions
import Scripts

/// What `apus current` shows: where in the history a database stands.
struct Position: Encodable {
    struct HalfApplied: Encodable {
        var revision: String
        var statements_done: Int
    }

    let database: String
    let revisions: [RevisionEntry]
    /// Those of the files.
    let heads: [String]
    let at_heads: Bool
    let half_applied: [HalfApplied]
    /// Applied revisions that no file has, newer than all that one has.
    let ahead: [String]
    /// The other applied revisions that no file has.
    let missing: [String]

    init(_ inspection: Inspection, withComments: Bool) {
        let graph = inspection.migrations.graph
        let applied = inspection.applied
        database = inspection.server.name
        var revisions = Catalog(inspection).entries(
            graph.currentTips(applied: applied),
            withComments: withComments
        )
        // It goes without saying.
        for index in revisions.indices { (revisions[index].current, revisions[index].applied) = (nil, nil) }
        self.revisions = revisions
        heads = graph.heads.map(\.rawValue)
        at_heads = graph.heads.allSatisfy { applied.contains($0) }
        half_applied = inspection.entries.filter { $0.state != .applied }.map {
            HalfApplied(revision: $0.revision.rawValue, statements_done: $0.statementsDone)
        }
        ahead = inspection.findings.compactMap {
            if case .ahead(let id) = $0 { id.rawValue } else { nil }
        }
        missing = inspection.findings.compactMap {
            if case .missing(let id) = $0 { id.rawValue } else { nil }
        }
    }

    func lines(_ style: Style, isVerbose: Bool) -> [String] {
        let beginning = isVerbose ? ["Current revision(s) of \(database):", ""] : []
        return beginning + revisions.flatMap { isVerbose ? $0.details(style) : [$0.name(style)] }
            + ahead.map { "\(style.yellow(harmless($0))) (ahead: no file has it)" }
    }

    /// What is worth knowing beside it.
    var remarks: [String] {
        var remarks: [String] = []
        if revisions.isEmpty, ahead.isEmpty, missing.isEmpty { remarks.append("\(database) is at base.") }
        remarks += half_applied.map {
            "revision \($0.revision) is half applied: \(count($0.statements_done, "statement")) of it committed."
        }
        if !missing.isEmpty {
            remarks.append("no file has these applied revisions: \(shortened(missing)).")
        }
        return remarks
    }
}

/// The first few of a list that may be long.
func shortened(_ names: [String], to count: Int = 5) -> String {
    let rest = names.count - count
    return names.prefix(count).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
}
