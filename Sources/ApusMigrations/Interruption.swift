import Waiting

/// Ends an upgrade early, from another thread: what is running is cancelled and rolled back, and the lock given back.
public final class Interruption: Sendable {
    let interruption: Waiting.Interruption
    private let ask: @Sendable () -> Void

    /// One that nobody has asked for yet.
    public init() { (interruption, ask) = Waiting.Interruption.manual() }

    /// Asks for the end, and does not wait for it. It holds for every upgrade that this was given to, begun or not.
    public func request() { ask() }
}
