package import Waiting

/// Tries to open a session, again and again, until it works, is refused for good, or time is up.
package struct SessionWait {
    /// What is told while waiting: when the reason is new, and every ten seconds.
    package typealias Progress = (_ attempt: Int, _ reason: String, _ elapsed: Duration) -> Void

    package let deadline: Deadline
    /// How long a refusal may turn out to be a role or a database that is still being made.
    package let grace: Duration
    package let interruption: Interruption
    package let classify: (DatabaseError) -> FailureClass

    package init(
        deadline: Deadline,
        grace: Duration,
        interruption: Interruption,
        classify: @escaping (DatabaseError) -> FailureClass
    ) {
        self.deadline = deadline
        self.grace = grace
        self.interruption = interruption
        self.classify = classify
    }

    /// - Parameter isPointless: Asked after every attempt that failed; when it says so, that failure is thrown.
    /// - Throws: `Unavailability` when the deadline passes, a refusal is final, or the interruption is asked for.
    package func run<Opened>(
        unless isPointless: () -> Bool = { false },
        _ attempt: () throws(DatabaseError) -> Opened,
        observe: Progress
    ) throws(Unavailability) -> Opened {
        var state = WaitState(grace: grace)
        var last: DatabaseError?
        while true {
            do throws(DatabaseError) {
                return try attempt()
            } catch {
                // An attempt that our own deadline has cut short says less than the one before it.
                let isCutShort = error.kind == .timedOut && deadline.hasPassed
                let error = isCutShort ? last ?? error : error
                last = error
                let failureClass = classify(error)
                state.note(error, failureClass)
                if state.isFinal(failureClass) || error.kind == .interrupted || deadline.hasPassed
                    || isPointless()
                {
                    throw Unavailability(error: error, failureClass: failureClass, attempts: state.attempts)
                }
                if state.isWorthTelling { observe(state.attempts, state.reason, state.elapsed) }
                let rest = min(state.pause(), deadline.remaining)
                guard pause(for: rest, or: interruption) else {
                    let error = DatabaseError(.interrupted, "interrupted while waiting for the database")
                    throw Unavailability(error: error, failureClass: .transient, attempts: state.attempts)
                }
            }
        }
    }
}

/// What has been seen so far.
private struct WaitState {
    private(set) var attempts = 0
    private(set) var isWorthTelling = false
    private(set) var reason = ""

    private let began = ContinuousClock.now
    private let grace: Duration
    private var lastTold = ContinuousClock.now
    private var refusedSince: ContinuousClock.Instant?
    private var backoff = Backoff(first: .milliseconds(50), cap: .milliseconds(200))
    private var refused = false

    init(grace: Duration) { self.grace = grace }

    var elapsed: Duration { ContinuousClock.now - began }

    mutating func note(_ error: DatabaseError, _ failureClass: FailureClass) {
        attempts += 1
        let now = ContinuousClock.now
        refused = failureClass != .transient
        refusedSince = refused ? refusedSince ?? now : nil
        isWorthTelling = error.description != reason || now - lastTold >= .seconds(10)
        reason = error.description
        if isWorthTelling { lastTold = now }
    }

    func isFinal(_ failureClass: FailureClass) -> Bool {
        switch failureClass {
        case .transient: false
        case .permanent: true
        case .graced: refusedSince.map { ContinuousClock.now - $0 >= grace } ?? false
        }
    }

    /// A server that comes up is noticed within a quarter of a second; one that refuses is not asked so often that it locks
    /// the account.
    mutating func pause() -> Duration {
        refused ? min(.seconds(2), max(grace / 3, .milliseconds(200))) : backoff.pause()
    }
}
