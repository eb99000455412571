import Database
import Glibc
import Waiting

/// Looks a host name up without being held by it.
///
/// getaddrinfo(3) knows no deadline: with a dead name server it returns after ten seconds or more. So each look-up gets a
/// thread, which is left to itself when the deadline passes first.
enum Resolver {
    /// The addresses of `host` as text, in the system's order of preference.
    ///
    /// - Throws: `DatabaseError` of kind `.unreachable`, `.timedOut` or `.interrupted`.
    static func addresses(
        of host: String,
        until deadline: Deadline,
        or interruption: Interruption
    ) throws(DatabaseError) -> [String] {
        guard !isAddress(host) else { return [host] }
        let lookup = Errand { lookUp(host) }
        switch lookup.wait(until: deadline, or: interruption) {
        case .ready:
            return try lookup.value().get()
        case .deadlinePassed:
            throw DatabaseError(.timedOut, "the name server did not answer for \"\(host)\" in time")
        case .interrupted:
            throw DatabaseError(.interrupted, "interrupted while \"\(host)\" was looked up")
        }
    }
}

private func lookUp(_ host: String) -> Result<[String], DatabaseError> {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, nil, &hints, &list)
    defer { if code == 0 { freeaddrinfo(list) } }
    let addresses = code == 0 ? sequence(first: list, next: { $0?.pointee.ai_next }).compactMap(numeric) : []
    guard addresses.isEmpty else { return .success(addresses) }
    let reason = text(gai_strerror(code))
    return .failure(DatabaseError(.unreachable, "the host name \"\(host)\" does not resolve: \(reason)"))
}

private func isAddress(_ host: String) -> Bool {
    var address = in6_addr()
    return inet_pton(AF_INET, host, &address) == 1 || inet_pton(AF_INET6, host, &address) == 1
}

private func numeric(_ entry: UnsafeMutablePointer<addrinfo>?) -> String? {
    guard let entry else { return nil }
    var buffer = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    let code = getnameinfo(
        entry.pointee.ai_addr,
        entry.pointee.ai_addrlen,
        &buffer,
        socklen_t(buffer.count),
        nil,
        0,
        NI_NUMERICHOST
    )
    return code == 0 ? buffer.withUnsafeBufferPointer { text($0.baseAddress) } : nil
}
