package import Revisions

/// What a database knows of one revision.
package struct LedgerEntry: Sendable, Hashable {
    package enum State: String, Sendable {
        /// All of it is there.
        case applied
        /// A runner is at it, or was killed at it: as many statements as counted are there.
        case running
        /// A statement was refused after others had been committed.
        case failed
        /// The same two for the way back: as many statements as counted have undone something.
        case reverting
        case revertFailed = "revert_failed"
    }

    package var revision: Revision.ID
    package var state: State
    /// Of the file for an applied revision; of the statements done so far for one that is half done. nil where the ledger
    /// keeps none.
    package var checksum: String?
    package var description: String
    /// RFC 3339, by the server's clock; empty where the ledger does not know.
    package var appliedAt: String
    package var executionMilliseconds: Int
    package var runID: String
    /// Statements done of a revision that runs outside a transaction.
    package var statementsDone: Int

    package init(
        revision: Revision.ID,
        state: State = .applied,
        checksum: String? = nil,
        description: String = "",
        appliedAt: String = "",
        executionMilliseconds: Int = 0,
        runID: String = "",
        statementsDone: Int = 0
    ) {
        self.revision = revision
        self.state = state
        self.checksum = checksum
        self.description = description
        self.appliedAt = appliedAt
        self.executionMilliseconds = executionMilliseconds
        self.runID = runID
        self.statementsDone = statementsDone
    }
}

extension LedgerEntry {
    /// Whether all of the revision is there. By its pattern: `==` would compare the texts of the states.
    package var isApplied: Bool { if case .applied = state { true } else { false } }
}

extension LedgerEntry.State {
    /// Which way a half done revision was going; nil for one that is done.
    package var direction: Plan.Direction? {
        switch self {
        case .applied: nil
        case .running, .failed: .up
        case .reverting, .revertFailed: .down
        }
    }

    /// Whether the database refused a statement of it.
    package var isRefusal: Bool { self == .failed || self == .revertFailed }
}
