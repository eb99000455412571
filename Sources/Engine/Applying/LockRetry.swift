import Database
import Waiting

/// The attempts at one transaction that keeps meeting locks of others.
///
/// Each attempt waits for locks a little longer than the one before, and none so long that the application queues up
/// behind it for more than the cap. Between attempts nothing is open.
struct LockRetry {
    private(set) var attempts = 0
    private let fixed: Duration?
    private let cap: Duration
    private let budget: Deadline
    private var pauses = Backoff(first: .milliseconds(500), cap: .seconds(30))

    /// - Parameter fixed: What the file itself asks for, instead of a growing limit.
    init(_ settings: Settings, fixed: Duration?, until deadline: Deadline) {
        self.fixed = fixed
        cap = settings.lockTimeout
        budget = min(.after(settings.lockRetryBudget), deadline)
    }

    /// How long the next attempt may wait for each lock.
    var lockTimeout: Duration {
        fixed ?? min(cap, .milliseconds(100 << min(attempts, 10)))
    }

    /// How long the last attempts may wait.
    var longestLockTimeout: Duration { fixed ?? cap }

    /// The pause before another attempt, or nil when the error is of another kind or the budget is spent.
    mutating func pause(after error: DatabaseError) -> Duration? {
        attempts += 1
        guard error.isWorthRetrying, !budget.hasPassed else { return nil }
        return min(pauses.pause(), budget.remaining)
    }
}
