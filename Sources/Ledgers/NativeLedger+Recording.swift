package import Revisions

/// What is written down of a revision.
package struct LedgerRecord: Sendable {
    package let revision: Revision.ID
    package let checksum: String
    package let description: String
    package let runID: String
    package let toolVersion: String

    package init(
        revision: Revision.ID,
        checksum: String,
        description: String,
        runID: String,
        toolVersion: String
    ) {
        self.revision = revision
        self.checksum = checksum
        self.description = description
        self.runID = runID
        self.toolVersion = toolVersion
    }
}

// Statements for the transaction of the migration itself: they are sent in the same message, so they carry their values.
extension NativeLedger {
    /// Records an applied revision, in the transaction that applied it. `proof` must be true for it to be recorded.
    package func recordApplied(_ record: LedgerRecord, proof: String) -> String {
        """
        INSERT INTO \(table) (revision, checksum, description, execution_ms, run_id, state, tool_version, \
        applied_by) SELECT \(literal(record.revision)), \(literal(record.checksum)), \
        \(literal(record.description)), \(dialect.millisecondsOfTransaction), \
        \(literal(record.runID)), 'applied', \(literal(record.toolVersion)), \(dialect.user) WHERE \(proof)
        """
    }

    /// Notes that a revision is about to be applied statement by statement, or goes on after it was interrupted.
    package func recordRunning(_ record: LedgerRecord, proof: String) -> String {
        """
        INSERT INTO \(table) AS l (revision, checksum, description, execution_ms, run_id, state, tool_version, \
        applied_by) SELECT \(literal(record.revision)), '', \(literal(record.description)), 0, \
        \(literal(record.runID)), 'running', \(literal(record.toolVersion)), \(dialect.user) WHERE \(proof) \
        ON CONFLICT (revision) DO UPDATE SET state = 'running', run_id = excluded.run_id
        """
    }

    /// Notes one more statement done; `checksum` is that of all statements done so far.
    package func recordProgress(
        _ revision: Revision.ID,
        done: Int,
        checksum: String,
        proof: String
    ) -> String {
        """
        UPDATE \(table) SET statements_done = \(done), checksum = \(literal(checksum)), \
        execution_ms = \(dialect.milliseconds(since: "applied_at")) \
        WHERE revision = \(literal(revision)) AND \(proof)
        """
    }

    /// Turns a revision that ran statement by statement into an applied one.
    package func recordFinished(_ record: LedgerRecord, proof: String) -> String {
        """
        UPDATE \(table) SET state = 'applied', checksum = \(literal(record.checksum)), \
        execution_ms = \(dialect.milliseconds(since: "applied_at")), \
        applied_at = \(dialect.now) WHERE revision = \(literal(record.revision)) AND \(proof)
        """
    }

    /// Notes that a statement was refused after others had been committed.
    package func recordFailed(_ revision: Revision.ID) -> String {
        "UPDATE \(table) SET state = 'failed' WHERE revision = \(literal(revision))"
    }

    /// Takes back the note of a revision of which nothing has been done.
    package func forget(_ revision: Revision.ID) -> String {
        "DELETE FROM \(table) WHERE revision = \(literal(revision)) AND state <> 'applied'"
    }
}
