import Database
import Engine
import Ledgers
import Revisions
import Scripts

/// What `apus current` shows: where in the history a database stands.
struct Position: Encodable {
    struct HalfApplied: Encodable {
        var revision: String
        var state: String
        var statements_done: Int
    }

    let database: String
    let revisions: [RevisionEntry]
    /// Those of the files.
    let heads: [String]
    let at_heads: Bool
    /// Applied or undone to the half.
    let half_applied: [HalfApplied]
    /// Applied revisions that no file has, newer than all that one has.
    let ahead: [String]
    /// The other applied revisions that no file has.
    let missing: [String]
    private let begun: [LedgerEntry]

    private enum CodingKeys: CodingKey {
        case database, revisions, heads, at_heads, half_applied, ahead, missing
    }

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
        begun = inspection.contents.begun
        half_applied = begun.map {
            HalfApplied(
                revision: $0.revision.rawValue,
                state: $0.state.rawValue,
                statements_done: $0.statementsDone
            )
        }
        let unknown = inspection.findings.filter { inspection.migrations[$0.revision] == nil }
        ahead = unknown.filter(\.isAhead).map(\.revision.rawValue)
        missing = unknown.filter { !$0.isAhead }.map(\.revision.rawValue)
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
        remarks += begun.map { "\($0.halfWords)." }
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
