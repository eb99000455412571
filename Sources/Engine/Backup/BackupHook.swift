package import Database
package import Revisions
package import Waiting

/// What is asked to make a copy of the database before it is changed.
package protocol BackupHook: Sendable {
    /// For people: "pg_dump.sh", "restore point".
    var name: String { get }

    /// Makes the copy, and returns once it is safe.
    ///
    /// - Throws: `BackupFailure`.
    func run(_ request: BackupRequest) throws(BackupFailure) -> BackupArtifact
}

/// What a backup hook is told.
package struct BackupRequest {
    /// The session that holds the lock.
    package let session: any Session
    package let runID: String
    package let from: [Revision.ID]
    package let to: [Revision.ID]
    /// What is to be applied, or to be reverted.
    package let pending: [Revision.ID]
    package let direction: Plan.Direction
    /// The user's own word, for `APUS_TAG`.
    package let tag: String?
    package let interruption: Interruption
    /// Called with each line the hook says.
    package let observe: (String) -> Void
}

/// A copy that was made.
package struct BackupArtifact: Sendable, Hashable {
    /// Where it is, or what it is called.
    package let reference: String
    /// A JSON object: all that the hook said of it.
    package let json: String

    package init(reference: String, json: String) {
        self.reference = reference
        self.json = json
    }
}

/// Why there is no copy.
package struct BackupFailure: Error, Hashable {
    package enum Kind: Sendable, Hashable {
        /// It will not work the next time either.
        case refused
        /// The hook says that it may (exit code 75).
        case temporary
        /// The hook itself cannot be run.
        case misconfigured
        /// The run was interrupted meanwhile.
        case interrupted
    }

    package let kind: Kind
    package let message: String

    package init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }
}
