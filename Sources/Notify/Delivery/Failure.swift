/// One attempt that failed, and what that means for the next one.
struct Failure: Sendable {
    /// Whether the same request may succeed later.
    enum Retry: Sendable, Equatable {
        case never
        /// One more attempt, however many are left.
        case once
        /// The event may have arrived: a receiver that recognises repetitions gets it again, any other once more.
        case ifHarmless
        case always
    }

    let cause: DeliveryError.Cause
    var retry: Retry
    /// How long the receiver asks to wait.
    let wait: Duration?

    init(_ cause: DeliveryError.Cause, retry: Retry, wait: Duration? = nil) {
        self.cause = cause
        self.retry = retry
        self.wait = wait
    }
}
