import Database
import Ledgers
import Revisions
import Scripts

extension Migrator {
    /// The gate: with a hook, nothing is applied unless it has made its copy.
    func backUp(
        _ plan: Plan,
        _ migrations: MigrationSet,
        _ contents: LedgerContents,
        under lock: MigrationLock
    ) throws(Failure) {
        guard let hook = settings.backup else { return }
        tell(.backingUp(hook: hook.name))
        let began = ContinuousClock.now
        let artifact: BackupArtifact
        do throws(BackupFailure) {
            let goal = contents.heads(after: plan.steps, plan.direction, in: migrations.graph)
            artifact = try hook.run(request(plan, to: goal, lock))
        } catch {
            try checkpoint()
            throw .backup(error, hook: hook.name)
        }
        try checkLock(lock)
        try patiently("recording the backup", under: lock) { () throws(DatabaseError) in
            try lock.ledger.note(backup: settings.scrub(artifact.json), of: settings.runID)
        }
        tell(.backedUp(artifact, took: ContinuousClock.now - began))
    }

    private func request(
        _ plan: Plan,
        to goal: [Revision.ID],
        _ lock: MigrationLock
    ) -> BackupRequest {
        BackupRequest(
            session: lock.session,
            runID: settings.runID,
            from: journal.from,
            to: goal,
            pending: plan.steps,
            direction: plan.direction,
            tag: settings.tag,
            interruption: interruption,
            observe: { [self] in tell(.backupSaid($0)) }
        )
    }

    /// A hook may take an hour, and the session was idle for it.
    private func checkLock(_ lock: MigrationLock) throws(Failure) {
        do throws(DatabaseError) {
            _ = try lock.session.query(lock.proof)
        } catch {
            if error.message.contains(LockKey.lostMessage) { throw .lockLost(during: nil) }
            throw failure(error, doing: "looking whether the lock is still held")
        }
    }
}
