package import Revisions

/// What is written down of one revision that a run applies or reverts.
package struct LedgerRecord: Sendable {
    package let revision: Revision.ID
    package let direction: Plan.Direction
    /// Of the file with the way up.
    package let checksum: String
    package let description: String
    package let runID: String
    package let toolVersion: String
    /// What becomes of the rows of a table that holds the heads only.
    package let transition: RowTransition?

    package init(
        revision: Revision.ID,
        direction: Plan.Direction,
        checksum: String,
        description: String,
        runID: String,
        toolVersion: String,
        transition: RowTransition?
    ) {
        self.revision = revision
        self.direction = direction
        self.checksum = checksum
        self.description = description
        self.runID = runID
        self.toolVersion = toolVersion
        self.transition = transition
    }
}

/// One change of a table with a row for each current head.
package struct RowTransition: Sendable, Hashable {
    package let changes: [RowChange]
    /// All rows afterwards.
    package let rows: [Revision.ID]

    package init(_ changes: [RowChange], to rows: [Revision.ID]) {
        self.changes = changes
        self.rows = rows
    }

    /// All rows before.
    package var rowsBefore: Set<Revision.ID> {
        var before = Set(rows)
        for change in changes {
            switch change {
            case .insert(let id): before.remove(id)
            case .update(let old, let new):
                before.remove(new)
                before.insert(old)
            case .delete(let id): before.insert(id)
            }
        }
        return before
    }
}

/// What becomes of a ledger that is told what is applied.
package struct LedgerStamp: Sendable {
    /// Revisions that count as applied from now on.
    package let added: [LedgerRecord]
    /// Revisions that do not any more, also half done ones.
    package let removed: [Revision.ID]
    /// Half done ones among both.
    package let unbegun: [Revision.ID]
    /// The same for a table that holds the heads only.
    package let transition: RowTransition

    package init(
        added: [LedgerRecord],
        removed: [Revision.ID],
        unbegun: [Revision.ID],
        transition: RowTransition
    ) {
        self.added = added
        self.removed = removed
        self.unbegun = unbegun
        self.transition = transition
    }

    /// The current heads afterwards.
    package var heads: [Revision.ID] { transition.rows }

    /// Whether the ledger says so already.
    package var isEmpty: Bool {
        added.isEmpty && removed.isEmpty && unbegun.isEmpty && transition.changes.isEmpty
    }
}
