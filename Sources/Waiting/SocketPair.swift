import Glibc

/// Two connected sockets that no child process inherits: what is written into one becomes readable at the other.
final class SocketPair: Sendable {
    let reader: Int32
    let writer: Int32

    /// nil when the process may open nothing more.
    init?() {
        var ends: [Int32] = [-1, -1]
        let kind =
            Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { return nil }
        (reader, writer) = (ends[0], ends[1])
    }

    deinit {
        close(reader)
        close(writer)
    }

    /// The pair that a process asks for at its beginning, where having none cannot be mended.
    static func needed() -> SocketPair {
        guard let pair = SocketPair() else { preconditionFailure("no socket pair: errno \(errno)") }
        return pair
    }
}
