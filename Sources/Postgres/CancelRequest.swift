import CLibPQ
import Glibc
import Waiting

/// Asks a server to stop what a session is running, without being held by a network that is dead.
///
/// libpq sends the request over a connection of its own and waits for its end with no deadline. So a thread does it, which
/// is left to itself when the server is silent.
final class CancelRequest: @unchecked Sendable {
    /// Becomes readable when the server has taken the request.
    private let finished: Int32
    private let signal: Int32
    /// The thread's alone once it has started.
    private let raw: OpaquePointer

    /// nil when there is no connection any more.
    init?(_ connection: OpaquePointer) {
        guard let raw = apus_cancel_prepare(connection) else { return nil }
        self.raw = raw
        (finished, signal) = makeSocketPair()
    }

    deinit {
        close(finished)
        close(signal)
    }

    /// Sends it, and waits a moment for the server to take it: one that comes late would hit the next statement.
    func send(within limit: Duration) {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(self).toOpaque()
        let code = pthread_create(
            &thread,
            nil,
            { context in
                guard let context else { return nil }
                Unmanaged<CancelRequest>.fromOpaque(context).takeRetainedValue().run()
                return nil
            },
            context
        )
        precondition(code == 0, "no thread for a cancel request: \(code)")
        pthread_detach(thread)
        _ = waitFor(finished, events: Int32(POLLIN), until: .after(limit), or: .none)
    }

    private func run() {
        apus_cancel_send(raw)
        write(signal, "x", 1)
    }
}
