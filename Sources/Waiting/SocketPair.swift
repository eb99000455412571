import Glibc

/// Two connected sockets that no child process inherits: what is written into one becomes readable at the other.
package func makeSocketPair() -> (reader: Int32, writer: Int32) {
    var ends: [Int32] = [-1, -1]
    let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
    precondition(socketpair(AF_UNIX, kind, 0, &ends) == 0, "no socket pair: errno \(errno)")
    return (ends[0], ends[1])
}
