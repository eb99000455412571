import Database
import Engine
import Revisions

/// What happens in an upgrade, for a log or a progress bar.
@nonexhaustive public enum Event: Sendable, Hashable {
    /// The database is not ready; told when the reason changes, and every ten seconds.
    case waiting(reason: String, elapsed: Duration)
    /// Another process has the lock; told every ten seconds.
    case waitingForLock(holder: String?, elapsed: Duration)
    /// The revisions that will be applied, in order; none when the database is there already.
    case planned([String])
    case applying(revision: String, title: String)
    /// A migration found no moment without locks of others, and is tried again after a pause.
    case retrying(revision: String, reason: String, pause: Duration)
    case applied(revision: String, title: String, took: Duration)
    /// A NOTICE or WARNING of the server.
    case notice(severity: String, message: String)
    /// Nothing that ends the upgrade, and worth a look.
    case warning(String)
}

extension Event {
    /// nil for what the outcome or the error will say, and for what only a command can bring about.
    init?(_ event: Engine.Event, _ scrubber: Scrubber) {
        let scrub = scrubber.scrub
        switch event {
        case .waiting(_, let reason, let elapsed):
            self = .waiting(reason: scrub(reason), elapsed: elapsed)
        case .waitingForLock(let holder, let elapsed):
            self = .waitingForLock(holder: holder?.description, elapsed: elapsed)
        case .waitingForOrphans(let sessions):
            let list = sessions.map(\.description).joined(separator: "; ")
            self = .warning("waiting for what an ended process has left at work: \(list)")
        case .planned(let plan, _): self = .planned(plan.steps.map(\.rawValue))
        case .applying(let step): self = .applying(revision: step.revision.rawValue, title: step.title)
        case .retrying(let id, _, let pause, let reason, let blockers):
            let words = blockers.map { "; blocked by \($0)" }.joined()
            self = .retrying(revision: id.rawValue, reason: scrub(reason + words), pause: pause)
        case .retryingRecord(let doing, _, _, let reason):
            self = .warning("\(doing) met a lock and is tried again: \(scrub(reason))")
        case .applied(let step, let took):
            self = .applied(revision: step.revision.rawValue, title: step.title, took: took)
        case .notice(let severity, let message):
            self = .notice(severity: severity, message: scrub(message))
        case .warning(let words): self = .warning(scrub(words))
        case .connectionLost(let message): self = .warning("the connection was lost: \(scrub(message))")
        case .ready, .waitingForRevisions, .locked, .backingUp, .backupSaid, .backedUp, .executing, .resuming,
            .droppedInvalidIndex, .verified, .stamped, .repaired, .failed, .finished:
            return nil
        }
    }
}
