import Glibc

/// What ended a wait.
package enum WaitOutcome: Sendable, Equatable {
    /// The file descriptor became ready; the value holds poll's `revents`.
    case ready(Int16)
    case deadlinePassed
    case interrupted
}

/// Waits until a file descriptor is ready, the deadline passes or the interruption is asked for.
///
/// - Parameters:
///   - fileDescriptor: What to wait for; -1 waits for the other two alone.
///   - events: poll(2)'s events, such as `POLLIN`.
package func waitFor(
    _ fileDescriptor: Int32,
    events: Int32,
    until deadline: Deadline,
    or interruption: Interruption
) -> WaitOutcome {
    while true {
        var polled = [
            pollfd(fd: fileDescriptor, events: Int16(events), revents: 0),
            pollfd(fd: interruption.fileDescriptor, events: Int16(POLLIN), revents: 0),
        ]
        let count = poll(&polled, 2, pollTimeout(deadline.remaining))
        if polled[1].revents != 0, count > 0 { return .interrupted }
        if polled[0].revents != 0, count > 0 { return .ready(polled[0].revents) }
        if deadline.hasPassed { return .deadlinePassed }
    }
}

/// Pauses for `duration`, or until the interruption is asked for.
///
/// - Returns: `false` when the pause was cut short.
@discardableResult
package func pause(for duration: Duration, or interruption: Interruption) -> Bool {
    waitFor(-1, events: 0, until: .after(duration), or: interruption) == .deadlinePassed
}

/// Milliseconds for poll(2), rounded up so that a wait never ends early and spins.
private func pollTimeout(_ duration: Duration) -> Int32 {
    Int32(min(duration.milliseconds + 1, 60_000))
}
