/// How long to pause before each next attempt: growing, capped and jittered.
package struct Backoff: Sendable {
    private var next: Duration
    private let cap: Duration
    private let factor: Double
    private let jitter: Double

    /// - Parameters:
    ///   - first: The first pause, before jitter.
    ///   - cap: No pause is longer than this.
    ///   - factor: What each pause is multiplied by to give the next.
    ///   - jitter: The share of a pause that chance may take off, from 0 to 1.
    package init(first: Duration, cap: Duration, factor: Double = 2, jitter: Double = 0.25) {
        next = first
        self.cap = cap
        self.factor = factor
        self.jitter = jitter
    }

    /// The pause to make now.
    package mutating func pause() -> Duration {
        let pause = min(next, cap)
        next = min(next * factor, cap)
        return pause * (1 - jitter * Double.random(in: 0...1))
    }
}
