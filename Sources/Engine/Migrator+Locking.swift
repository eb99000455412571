import Database
import Ledgers
import Waiting

extension Migrator {
    /// Holds the lock while `body` runs, and gives it back on every way out. Should that fail, the end of the session does it.
    func withLock(
        on session: any Session,
        _ body: (MigrationLock) throws(Failure) -> Void
    ) throws(Failure) {
        try refusePooler(session)
        let ledger = try database("finding the ledger") { () throws(DatabaseError) in
            try session.execute(session.restoration.joined(separator: ";"))
            return try settings.ledger.locate(on: session, schema: settings.ledgerSchema)
        }
        let lock = MigrationLock(of: ledger, on: session)
        try acquire(lock, until: min(.after(settings.lockWaitTimeout), deadline))
        defer {
            lock.session.isInterruptible = false
            if (try? lock.session.unlock(lock.key)) == false {
                tell(.warning("the lock was gone before it was given back"))
            }
        }
        try body(lock)
    }

    /// Polls for the lock, with nothing open in between.
    func acquire(_ lock: MigrationLock, until deadline: Deadline) throws(Failure) {
        let began = ContinuousClock.now
        var backoff = Backoff(first: .milliseconds(50), cap: .seconds(1))
        var nextWord = began
        while try !database(
            "taking the lock",
            { () throws(DatabaseError) in try lock.session.tryLock(lock.key) }
        ) {
            let elapsed = ContinuousClock.now - began
            let holder = try database("looking who holds the lock") { () throws(DatabaseError) in
                try lock.session.holder(of: lock.key)
            }
            if ContinuousClock.now >= nextWord {
                tell(.waitingForLock(holder: holder, elapsed: elapsed))
                nextWord = ContinuousClock.now + .seconds(10)
            }
            guard !deadline.hasPassed else { throw .lockHeld(by: holder, waited: elapsed) }
            Waiting.pause(for: min(backoff.pause(), deadline.remaining), or: interruption)
            try checkpoint()
        }
        tell(.locked(after: ContinuousClock.now - began))
    }

    /// With the lock in hand nobody else may be at work. Who is was left behind by a runner that was killed.
    func awaitOrphans(of lock: MigrationLock) throws(Failure) {
        let limit = min(Deadline.after(settings.lockWaitTimeout), deadline)
        var backoff = Backoff(first: .milliseconds(200), cap: .seconds(2))
        var isTold = false
        while true {
            let orphans = try database("looking for sessions left behind") { () throws(DatabaseError) in
                try lock.session.orphans(namedLike: Settings.applicationPrefix)
            }
            guard !orphans.isEmpty else { return }
            if !isTold { tell(.waitingForOrphans(orphans)) }
            isTold = true
            if settings.terminateOrphans {
                try database("ending a session left behind") { () throws(DatabaseError) in
                    for orphan in orphans { try lock.session.terminate(orphan) }
                }
            }
            guard !limit.hasPassed else { throw .orphans(orphans) }
            Waiting.pause(for: min(backoff.pause(), limit.remaining), or: interruption)
            try checkpoint()
        }
    }
}
