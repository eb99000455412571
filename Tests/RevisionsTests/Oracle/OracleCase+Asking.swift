import Revisions

// The same question, put to our own graph with a table of rows.
extension OracleCase {
    var ours: OracleAnswer {
        do throws(RevisionError) {
            return try answer(RevisionGraph(revisions.map(Revision.init)))
        } catch {
            return OracleAnswer(error: error.kind, message: error.description)
        }
    }

    var rowIDs: [Revision.ID] { rows.map { Revision.ID(rawValue: $0) } }

    private func answer(_ graph: RevisionGraph) throws(RevisionError) -> OracleAnswer {
        switch command {
        case .upgrade:
            let target = try RevisionTarget(parsing: targets[0])
            return try steps(graph.plan(upgradeTo: target, applied: graph.applied(rows: rowIDs)), in: graph)
        case .downgrade:
            let target = try RevisionTarget(parsing: targets[0])
            return try steps(graph.plan(downgradeTo: target, applied: graph.applied(rows: rowIDs)), in: graph)
        case .stamp:
            let stamped = try graph.rows(stamping: parsedTargets(), rows: rowIDs, purge: purge)
            return OracleAnswer(steps: [], rows: stamped.map(\.rawValue).sorted())
        case .history:
            let range = try RevisionRange(parsing: targets[0])
            return OracleAnswer(
                revisions: try graph.history(range, applied: graph.applied(rows: rowIDs)).map(\.rawValue)
            )
        case .resolve:
            let target = try RevisionTarget(parsing: targets[0])
            return OracleAnswer(revisions: try graph.resolve(target).map(\.rawValue))
        case .current:
            let tips = graph.currentTips(applied: try graph.applied(rows: rowIDs))
            return OracleAnswer(revisions: tips.map(\.rawValue).sorted())
        case .graph: return facts(graph)
        }
    }

    private func parsedTargets() throws(RevisionError) -> [RevisionTarget] {
        var parsed: [RevisionTarget] = []
        for target in targets { parsed.append(try RevisionTarget(parsing: target)) }
        return parsed
    }

    private func steps(_ plan: Plan, in graph: RevisionGraph) throws(RevisionError) -> OracleAnswer {
        var table = try VersionRows(rowIDs, of: graph)
        let steps = plan.steps.map { step in
            _ = table.take(step, plan.direction)
            return OracleAnswer.Step(revision: step.rawValue, rows: table.rows.map(\.rawValue).sorted())
        }
        return OracleAnswer(steps: steps, rows: table.rows.map(\.rawValue).sorted())
    }

    private func facts(_ graph: RevisionGraph) -> OracleAnswer {
        let labels = graph.spreadLabels().map { ($0.key.rawValue, $0.value) }
        return OracleAnswer(
            facts: OracleAnswer.Facts(
                heads: graph.heads.map(\.rawValue),
                effectiveHeads: graph.effectiveHeads.map(\.rawValue),
                bases: graph.bases.map(\.rawValue),
                branchPoints: graph.branchPoints.map(\.rawValue),
                mergePoints: graph.mergePoints.map(\.rawValue)
            ),
            labels: Dictionary(uniqueKeysWithValues: labels)
        )
    }
}

extension Revision {
    init(_ listed: OracleCase.Listed) {
        self.init(
            id: ID(rawValue: listed.id),
            parents: listed.down.map { ID(rawValue: $0) },
            dependencies: listed.deps,
            labels: listed.labels,
            file: "\(listed.id).sql"
        )
    }
}

extension RevisionError {
    /// Alembic's class of error for the same.
    var kind: OracleAnswer.Kind {
        switch self {
        case .duplicate, .missingParent, .missingDependency, .cycle, .duplicateLabel, .illegalCharacter,
            .word:
            .files
        case .malformedTarget, .malformedRange: .malformed
        case .unknownTarget, .unknownBranch, .ambiguousTarget, .notOnBranch, .notInFiles: .unknown
        case .severalHeads: .heads
        case .severalCurrent, .tooFewSteps, .wrongDirection, .ambiguousWalk: .walk
        case .notBelowCurrent, .notAnAncestor: .range
        }
    }
}
