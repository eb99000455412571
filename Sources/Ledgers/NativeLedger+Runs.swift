package import Database
package import Revisions

/// The row that a run leaves behind.
package struct RunRecord: Sendable {
    package var id: String
    package var startedAt: String
    package var from: [Revision.ID]
    package var to: [Revision.ID]
    package var host: String
    package var pid: Int
    package var toolVersion: String

    package init(
        id: String,
        startedAt: String,
        from: [Revision.ID],
        to: [Revision.ID],
        host: String,
        pid: Int,
        toolVersion: String
    ) {
        self.id = id
        self.startedAt = startedAt
        self.from = from
        self.to = to
        self.host = host
        self.pid = pid
        self.toolVersion = toolVersion
    }
}

extension NativeLedger {
    /// Notes that a run has begun to change the database. It holds the lock, so any other one that is said to be running was
    /// killed, and is noted as lost.
    ///
    /// - Throws: `DatabaseError`.
    package func begin(_ run: RunRecord) throws(DatabaseError) {
        try session.execute(
            """
            UPDATE \(runTable) SET outcome = 'lost', finished_at = \(dialect.now) WHERE outcome = 'running';
            INSERT INTO \(runTable) (id, started_at, outcome, from_revisions, to_revisions, host, pid, tool_version) \
            VALUES (\(literal(run.id)), \(literal(run.startedAt)), 'running', \(array(run.from)), \(array(run.to)), \
            \(literal(run.host)), \(run.pid), \(literal(run.toolVersion)))
            """
        )
    }

    /// Notes the artefact of the backup as soon as there is one.
    ///
    /// - Throws: `DatabaseError`.
    package func note(backup json: String, of run: String) throws(DatabaseError) {
        try session.execute(
            "UPDATE \(runTable) SET backup = \(dialect.json(literal(json))) WHERE id = \(literal(run))"
        )
    }

    /// Notes how a run has ended.
    ///
    /// - Throws: `DatabaseError`.
    package func finish(
        _ run: String,
        outcome: String,
        exitCode: Int32,
        error: String?
    ) throws(DatabaseError) {
        try session.execute(
            """
            UPDATE \(runTable) SET finished_at = \(dialect.now), outcome = \(literal(outcome)), \
            exit_code = \(exitCode), error = \(literal(error)) WHERE id = \(literal(run))
            """
        )
    }

    private func array(_ revisions: [Revision.ID]) -> String {
        dialect.list(revisions.map { literal($0) })
    }
}
