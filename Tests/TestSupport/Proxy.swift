import Glibc
import Synchronization

/// A TCP proxy on the loopback interface that can be slow, deaf, or gone at the worst moment.
package final class Proxy: Sendable {
    package enum Behavior: Sendable {
        case honest
        /// Once a client has sent `request`, the connection ends when the server sends `answer`, which is not passed on.
        case hangUp(after: String, on: String)
        /// Once a client has sent this, nothing passes any more, in either direction and on every connection.
        case fallSilent(after: String)
        /// Every chunk is passed on that much later.
        case slow(milliseconds: UInt32)
        /// A chunk of a client's with this text is passed on that much later.
        case late(String, milliseconds: UInt32)
    }

    package let port: UInt16
    private let listener: Int32
    private let target: UInt16
    private let behavior: Mutex<Behavior>
    private let isSilent = Atomic<Bool>(false)
    private let count = Atomic<Int>(0)

    package init(to target: UInt16, _ behavior: Behavior) {
        self.target = target
        self.behavior = Mutex(behavior)
        (listener, port) = listen()
        onThread { [self] in acceptAll() }
    }

    deinit { close(listener) }

    /// How often something was done to a connection.
    package var interventions: Int { count.load(ordering: .relaxed) }

    /// Ends the thread that accepts, without which the proxy would never go.
    package func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

    private func acceptAll() {
        while true {
            let client = accept(listener, nil, nil)
            guard client >= 0 else { return }
            guard !isSilent.load(ordering: .relaxed) else { continue }
            let server = connect(to: target)
            let pair = Pair(client: client, server: server)
            onThread { [self] in pump(pair, fromClient: true) }
            onThread { [self] in pump(pair, fromClient: false) }
        }
    }

    private func pump(_ pair: Pair, fromClient: Bool) {
        let (source, sink) = fromClient ? (pair.client, pair.server) : (pair.server, pair.client)
        var seen: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let size = recv(source, &chunk, chunk.count, 0)
            guard size > 0 else { break }
            seen += chunk[..<size]
            switch behavior.withLock({ $0 }) {
            case .honest: break
            case .slow(let milliseconds): usleep(milliseconds * 1000)
            case .late(let text, let milliseconds):
                if fromClient, Array(chunk[..<size]).contains(text) {
                    count.add(1, ordering: .relaxed)
                    usleep(milliseconds * 1000)
                }
            case .fallSilent(let request):
                if fromClient, seen.contains(request) {
                    // The request itself still arrives, so that something is under way.
                    send(chunk[..<size], to: sink)
                    isSilent.store(true, ordering: .relaxed)
                    count.add(1, ordering: .relaxed)
                }
                if isSilent.load(ordering: .relaxed) { continue }
            case .hangUp(let request, let answer):
                if fromClient, seen.contains(request) { pair.isArmed.store(true, ordering: .relaxed) }
                if !fromClient, pair.isArmed.load(ordering: .relaxed), seen.contains(answer) {
                    behavior.withLock { $0 = .honest }
                    count.add(1, ordering: .relaxed)
                    pair.end()
                    return
                }
            }
            send(chunk[..<size], to: sink)
            if seen.count > 1_000_000 { seen.removeFirst(900_000) }
        }
        pair.end()
    }

    private final class Pair: Sendable {
        let client: Int32
        let server: Int32
        let isArmed = Atomic<Bool>(false)

        init(client: Int32, server: Int32) { (self.client, self.server) = (client, server) }

        deinit {
            close(client)
            close(server)
        }

        /// Shut down and not closed: the other direction's thread still has the numbers.
        func end() {
            shutdown(client, Int32(SHUT_RDWR))
            shutdown(server, Int32(SHUT_RDWR))
        }
    }
}

/// Takes connections and never says a word.
package final class SilentPeer: Sendable {
    package let port: UInt16
    private let listener: Int32

    package init() { (listener, port) = listen() }
    deinit { close(listener) }
}

/// A port on which nobody listens.
package func unusedPort() -> UInt16 {
    let (listener, port) = listen()
    close(listener)
    return port
}

extension [UInt8] {
    fileprivate func contains(_ text: String) -> Bool { firstRange(of: Array(text.utf8)) != nil }
}

private func onThread(_ body: @escaping @Sendable () -> Void) {
    final class Box: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var thread = pthread_t()
    let context = Unmanaged.passRetained(Box(body)).toOpaque()
    let code = pthread_create(
        &thread,
        nil,
        { context in
            if let context { Unmanaged<Box>.fromOpaque(context).takeRetainedValue().body() }
            return nil
        },
        context
    )
    precondition(code == 0, "no thread: \(code)")
    pthread_detach(thread)
}

private func loopback(_ port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    address.sin_port = port.bigEndian
    return address
}

private func listen() -> (Int32, UInt16) {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = loopback(0)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutableBytes(of: &address) { raw in
        let pointer = raw.assumingMemoryBound(to: sockaddr.self).baseAddress
        precondition(bind(listener, pointer, length) == 0 && Glibc.listen(listener, 64) == 0)
        getsockname(listener, pointer, &length)
    }
    return (listener, UInt16(bigEndian: address.sin_port))
}

private func connect(to port: UInt16) -> Int32 {
    let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = loopback(port)
    withUnsafeBytes(of: &address) { raw in
        let pointer = raw.assumingMemoryBound(to: sockaddr.self).baseAddress
        _ = Glibc.connect(connection, pointer, socklen_t(MemoryLayout<sockaddr_in>.size))
    }
    return connection
}

private func send(_ bytes: ArraySlice<UInt8>, to connection: Int32) {
    var rest = bytes
    while !rest.isEmpty {
        let count = rest.withUnsafeBytes {
            Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        guard count > 0 else { return }
        rest = rest.dropFirst(count)
    }
}
