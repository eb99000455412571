/// A point on the monotonic clock after which something is given up.
///
/// It is taken once and handed down, so that every wait inside one budget ends at the same moment, however the time
/// before was spent.
package struct Deadline: Sendable, Comparable {
    private let instant: ContinuousClock.Instant?

    private init(instant: ContinuousClock.Instant?) {
        self.instant = instant
    }

    /// The moment `duration` from now.
    package static func after(_ duration: Duration) -> Deadline {
        Deadline(instant: ContinuousClock.now.advanced(by: duration))
    }

    /// A deadline that never passes.
    package static let never = Deadline(instant: nil)

    /// Whether the moment has come.
    package var hasPassed: Bool { remaining <= .zero }

    /// What is left, never negative. A deadline that never passes has a hundred years left.
    package var remaining: Duration {
        guard let instant else { return .seconds(100 * 365 * 86_400) }
        return max(.zero, ContinuousClock.now.duration(to: instant))
    }

    package static func < (left: Deadline, right: Deadline) -> Bool {
        switch (left.instant, right.instant) {
        case (let left?, let right?): left < right
        case (.some, nil): true
        case (nil, _): false
        }
    }
}

extension Duration {
    /// Whole milliseconds, rounded down.
    package var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }
}
