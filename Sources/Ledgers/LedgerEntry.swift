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
    }

    package var revision: Revision.ID
    package var state: State
    /// Of the file for an applied revision; of the statements done so far for one that is half applied.
    package var checksum: String
    package var description: String
    /// RFC 3339, by the server's clock.
    package var appliedAt: String
    package var executionMilliseconds: Int
    package var runID: String
    /// Statements done of a revision that runs outside a transaction.
    package var statementsDone: Int
}
