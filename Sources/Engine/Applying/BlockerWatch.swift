import Database

/// Looks who is in the way of a statement while it waits: afterwards the server cannot tell any more.
///
/// A second session is opened for it, once a first attempt has failed.
final class BlockerWatch {
    private(set) var blockers: [Blocker] = []
    private let migrator: Migrator
    private let waiting: any Session
    private var observer: (any Session)?

    init(migrator: Migrator, waiting: any Session) {
        self.migrator = migrator
        self.waiting = waiting
    }

    /// What to do beside the next attempt, or nil beside the first one.
    func watch(_ retry: LockRetry) -> Watch? {
        guard retry.attempts > 0 else { return nil }
        observer = observer ?? migrator.observer()
        return Watch(every: max(.milliseconds(50), retry.lockTimeout * 0.6)) { [self] in look() }
    }

    private func look() {
        guard let found = try? observer?.blockers(of: waiting), !found.isEmpty else { return }
        blockers = found
    }
}
