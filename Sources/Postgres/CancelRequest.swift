import CLibPQ
import Waiting

/// Asks a server to stop what a session is running, without being held by a network that is dead.
///
/// libpq sends the request over a connection of its own and waits for its end with no deadline. So a thread does it, which
/// is left to itself when the server is silent.
struct CancelRequest: @unchecked Sendable {
    /// The thread's alone once the request is sent.
    private let raw: OpaquePointer

    /// nil when there is no connection any more.
    init?(_ connection: OpaquePointer) {
        guard let raw = apus_cancel_prepare(connection) else { return nil }
        self.raw = raw
    }

    /// Sends it, and waits a moment for the server to take it: one that comes late would hit the next statement.
    func send(within limit: Duration) {
        _ = Errand { apus_cancel_send(raw) }.wait(until: .after(limit), or: .none)
    }
}
