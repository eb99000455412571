package import Database
package import Revisions
import Scripts

/// What happens in a run, as it happens. The engine tells it; others show, write or send it.
package enum Event: Sendable {
    /// The database is not ready; told when the reason changes, and every ten seconds.
    case waiting(attempt: Int, reason: String, elapsed: Duration)
    case ready(ServerFacts, after: Duration)
    /// A NOTICE or WARNING of the server.
    case notice(severity: String, message: String)
    /// A finding that the policies let pass, or a file that was left out.
    case warning(String)
    /// The database is ready, but other revisions are wanted in it.
    case waitingForRevisions([Revision.ID])
    case waitingForLock(holder: OtherSession?, elapsed: Duration)
    case waitingForOrphans([OtherSession])
    case locked(after: Duration)
    case planned(Plan, from: [Revision.ID])
    case backingUp(hook: String)
    case backupSaid(String)
    case backedUp(BackupArtifact, took: Duration)
    case applying(Progress)
    /// A statement of a migration that runs outside a transaction; the text is its first line.
    case executing(Revision.ID, statement: Int, of: Int, text: String)
    case resuming(Revision.ID, after: Int, of: Int)
    case droppedInvalidIndex(String)
    case retrying(Revision.ID, attempt: Int, pause: Duration, reason: String, blockers: [Blocker])
    /// What Apus itself writes down met a lock.
    case retryingRecord(doing: String, attempt: Int, pause: Duration, reason: String)
    /// Applied or reverted, as its direction says; in a dry run taken back at the end.
    case applied(Progress, took: Duration)
    case connectionLost(String)
    case verified(at: [Revision.ID])
    /// Forgotten is how far half done revisions were.
    case stamped(from: [Revision.ID], at: [Revision.ID], forgotten: [Revision.ID])
    /// The edited files that are accepted as they are.
    case repaired([Revision.ID])
    case failed(Failure)
    case finished(Report)
}

/// Which step of a plan a run is at.
package struct Progress: Sendable {
    package let revision: Revision.ID
    package let direction: Plan.Direction
    package let title: String
    /// From 1.
    package let index: Int
    package let total: Int
}

extension Progress {
    init(_ migration: PreparedMigration, _ index: Int, of total: Int) {
        self.init(
            revision: migration.id,
            direction: migration.direction,
            title: migration.migration.title,
            index: index,
            total: total
        )
    }
}
