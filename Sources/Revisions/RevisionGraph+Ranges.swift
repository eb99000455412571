// Plans without a database: `upgrade a:b --sql` and `downgrade b:a --sql` (1.2).
extension RevisionGraph {
    /// What an upgrade does for a database that is at the start of the range; an open start is base, an open end `heads`.
    ///
    /// - Throws: `RevisionError` when an end is unknown or ambiguous.
    package func plan(upgradeOver range: RevisionRange) throws(RevisionError) -> Plan {
        let rows = try resolve(range.start ?? .base)
        return try plan(upgradeTo: range.end ?? .heads, from: ancestors(positions(ofRows: rows)))
    }

    /// What a downgrade does for a database that is at the start of the range. Both ends must be written, as in Alembic.
    ///
    /// - Throws: `RevisionError` when an end is missing, unknown or ambiguous, or the wrong way round.
    package func plan(downgradeOver range: RevisionRange) throws(RevisionError) -> Plan {
        guard let start = range.start, let end = range.end else { throw .malformedRange(range.description) }
        return try plan(downgradeTo: end, applied: applied(at: start))
    }

    /// What is applied when a database has these revisions and everything below.
    package func applied(at target: RevisionTarget) throws(RevisionError) -> Set<Revision.ID> {
        try applied(rows: resolve(target))
    }
}
