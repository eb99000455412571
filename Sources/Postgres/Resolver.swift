import Database
import Glibc
import Synchronization
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
        let lookup = Lookup(host)
        lookup.start()
        switch waitFor(lookup.finished, events: Int32(POLLIN), until: deadline, or: interruption) {
        case .ready:
            return try lookup.result()
        case .deadlinePassed:
            throw DatabaseError(.timedOut, "the name server did not answer for \"\(host)\" in time")
        case .interrupted:
            throw DatabaseError(.interrupted, "interrupted while \"\(host)\" was looked up")
        }
    }
}

private final class Lookup: Sendable {
    /// Becomes readable when the answer is there.
    let finished: Int32
    private let signal: Int32
    private let host: String
    private let answer = Mutex<(addresses: [String], code: Int32)>(([], EAI_AGAIN))

    init(_ host: String) {
        self.host = host
        (finished, signal) = makeSocketPair()
    }

    deinit {
        close(finished)
        close(signal)
    }

    func start() {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(self).toOpaque()
        let code = pthread_create(
            &thread,
            nil,
            { context in
                guard let context else { return nil }
                Unmanaged<Lookup>.fromOpaque(context).takeRetainedValue().run()
                return nil
            },
            context
        )
        precondition(code == 0, "no thread for a look-up: \(code)")
        pthread_detach(thread)
    }

    private func run() {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, nil, &hints, &list)
        defer { if code == 0 { freeaddrinfo(list) } }
        let addresses =
            code == 0 ? sequence(first: list, next: { $0?.pointee.ai_next }).compactMap(numeric) : []
        answer.withLock { $0 = (addresses, code) }
        write(signal, "x", 1)
    }

    func result() throws(DatabaseError) -> [String] {
        let (addresses, code) = answer.withLock { $0 }
        guard code == 0, !addresses.isEmpty else {
            throw DatabaseError(
                .unreachable,
                "the host name \"\(host)\" does not resolve: \(text(gai_strerror(code)))"
            )
        }
        return addresses
    }
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
