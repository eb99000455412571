import Database
import Revisions

extension NativeLedger {
    /// It holds the lock, so any other run that is said to be running was killed, and is noted as lost.
    package func begin(_ run: RunRecord) throws(DatabaseError) {
        try session.execute(
            """
            UPDATE \(native.runTable) SET outcome = 'lost', finished_at = \(dialect.now) WHERE outcome = 'running';
            INSERT INTO \(native.runTable) (id, started_at, outcome, from_revisions, to_revisions, host, pid, run_by, tool_version) \
            VALUES (\(dialect.literal(run.id)), \(dialect.literal(run.startedAt)), 'running', \(array(run.from)), \(array(run.to)), \
            \(dialect.literal(run.host)), \(run.pid), \(dialect.user), \(dialect.literal(run.toolVersion)))
            """
        )
    }

    package func note(backup json: String, of run: String) throws(DatabaseError) {
        try session.execute(
            "UPDATE \(native.runTable) SET backup = \(dialect.json(dialect.literal(json))) WHERE id = \(dialect.literal(run))"
        )
    }

    package func finish(
        _ run: String,
        outcome: String,
        exitCode: Int32,
        error: String?
    ) throws(DatabaseError) {
        try session.execute(
            """
            UPDATE \(native.runTable) SET finished_at = \(dialect.now), outcome = \(dialect.literal(outcome)), \
            exit_code = \(exitCode), error = \(dialect.literal(error)) WHERE id = \(dialect.literal(run))
            """
        )
    }

    private func array(_ revisions: [Revision.ID]) -> String {
        dialect.list(revisions.map { dialect.literal($0) })
    }
}
