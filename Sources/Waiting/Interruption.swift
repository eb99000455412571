import Glibc

/// The wish of the outside that the job ends: SIGTERM or SIGINT.
///
/// The signal handler writes one byte into a socket and does nothing else; whoever waits for something waits for the
/// socket's other end too. So no second thread is needed, and no wait is deaf. The byte is never taken out, which makes
/// the wish permanent. From the first signal the process has a grace period to end; after it, or at a second signal, it
/// is ended where it stands, with the signal's exit code.
package struct Interruption: Sendable {
    /// Becomes readable, and stays so, once the interruption was asked for. Poll it beside whatever is waited for.
    package var fileDescriptor: Int32 { sockets?.reader ?? -1 }
    /// They stay open for as long as somebody may look at them.
    private let sockets: SocketPair?

    /// An interruption that is never asked for.
    package static let none = Interruption(sockets: nil)

    /// The signal that asked for the interruption, or nil when nobody has.
    package var signal: Int32? {
        var byte: UInt8 = 0
        let count = recv(fileDescriptor, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT))
        return count == 1 ? Int32(byte) : nil
    }

    /// Whether somebody asked for the interruption.
    package var isRequested: Bool { signal != nil }

    /// Listens for SIGTERM and SIGINT from now on, and ignores SIGPIPE. To be called once, first thing in the process,
    /// and what it returns to be kept.
    ///
    /// - Parameter gracePeriod: Seconds from the first signal to the end of the process, whatever it is doing then.
    package static func onSignals(gracePeriod: UInt32) -> Interruption {
        let sockets = SocketPair.needed()
        signalSocket = sockets.writer
        secondsToLive = gracePeriod
        Glibc.signal(SIGPIPE, SIG_IGN)
        Glibc.signal(SIGALRM) { _ in _exit(128 + firstSignal) }
        for number in [SIGTERM, SIGINT] { Glibc.signal(number) { handle($0) } }
        unblock([SIGTERM, SIGINT, SIGALRM])
        return Interruption(sockets: sockets)
    }

    /// An interruption that the program itself asks for.
    package static func manual() -> (interruption: Interruption, request: @Sendable () -> Void) {
        let sockets = SocketPair.needed()
        return (Interruption(sockets: sockets), { send(signal: SIGTERM, into: sockets.writer) })
    }
}

/// A program inherits what its parent has blocked: one started from a worker thread may be deaf to every signal.
private func unblock(_ numbers: [Int32]) {
    var set = sigset_t()
    sigemptyset(&set)
    for number in numbers { sigaddset(&set, number) }
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
}

private func send(signal number: Int32, into socket: Int32) {
    var byte = UInt8(truncatingIfNeeded: number)
    write(socket, &byte, 1)
}

// What a signal handler may touch: plain integers, set before the handler is installed.
nonisolated(unsafe) private var signalSocket: Int32 = -1
nonisolated(unsafe) private var secondsToLive: UInt32 = 0
nonisolated(unsafe) private var firstSignal: Int32 = 0

private func handle(_ number: Int32) {
    guard firstSignal == 0 else { _exit(128 + number) }
    firstSignal = number
    alarm(secondsToLive)
    send(signal: number, into: signalSocket)
}
