import Foundation
import Glibc
import Synchronization

/// A real HTTP receiver on the loopback interface that answers as its script says.
package final class Receiver: Sendable {
    /// What happens to one request.
    package enum Reply: Sendable {
        case answer(Int, headers: [String] = [], body: String = "")
        /// Takes the request and never answers.
        case silence
        /// Takes the request and hangs up.
        case hangUp
        case raw(String)

        package var isSilence: Bool {
            if case .silence = self { true } else { false }
        }
    }

    package struct Request: Sendable {
        package let path: String
        package let headers: [String: String]
        package let body: [UInt8]
    }

    package let port: UInt16
    private let listener: Int32
    private let script: [Reply]
    private let greeting: String?
    private let received = Mutex<[Request]>([])

    /// - Parameters:
    ///   - script: One reply for each request; the last one also answers all further requests.
    ///   - greeting: What to say instead, before anything was asked.
    package init(_ script: [Reply], greeting: String? = nil) {
        self.script = script
        self.greeting = greeting
        (listener, port) = listen()
        let thread = Thread { [self] in acceptAll() }
        thread.start()
    }

    deinit {
        Glibc.close(listener)
    }

    package var requests: [Request] { received.withLock { $0 } }

    /// Ends the thread that accepts, without which the receiver would never go.
    package func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
    }

    private func acceptAll() {
        while true {
            let connection = accept(listener, nil, nil)
            guard connection >= 0 else { return }
            Thread { [self] in serve(connection) }.start()
        }
    }

    private func serve(_ connection: Int32) {
        // Shut down first: a process that another test starts meanwhile may have inherited it.
        defer {
            shutdown(connection, Int32(SHUT_RDWR))
            Glibc.close(connection)
        }
        if let greeting {
            write(greeting, to: connection)
            return waitForEnd(of: connection)
        }
        guard let request = Request(readFrom: connection) else { return }
        let count = received.withLock { received in
            received.append(request)
            return received.count
        }
        reply(script[min(count, script.count) - 1], on: connection)
    }

    private func reply(_ reply: Reply, on connection: Int32) {
        switch reply {
        case .hangUp: break
        case .silence: waitForEnd(of: connection)
        case .raw(let text): write(text, to: connection)
        case .answer(let status, let headers, let body):
            let lines = [
                "HTTP/1.1 \(status) Scripted", "Content-Length: \(body.utf8.count)", "Connection: close",
            ]
            write((lines + headers + ["", body]).joined(separator: "\r\n"), to: connection)
        }
    }
}

extension Receiver.Request {
    fileprivate init?(readFrom connection: Int32) {
        var bytes: [UInt8] = []
        let separator = Array("\r\n\r\n".utf8)
        while !bytes.suffix(4).elementsEqual(separator) {
            guard let byte = read(1, from: connection)?.first else { return nil }
            bytes.append(byte)
        }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n")
        path = String(lines[0].split(separator: " ")[1])
        headers = Dictionary(
            lines.dropFirst().map { line in
                let parts = line.split(separator: ":", maxSplits: 1)
                return (parts[0].lowercased(), parts[1].trimmingCharacters(in: .whitespaces))
            }
        ) { first, _ in first }
        let length = headers["content-length"].flatMap { Int($0) } ?? 0
        var body: [UInt8] = []
        while body.count < length {
            guard let more = read(length - body.count, from: connection) else { return nil }
            body += more
        }
        self.body = body
    }
}

private func listen() -> (Int32, UInt16) {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutableBytes(of: &address) { raw in
        let pointer = raw.assumingMemoryBound(to: sockaddr.self).baseAddress
        precondition(bind(listener, pointer, length) == 0 && Glibc.listen(listener, 64) == 0)
        getsockname(listener, pointer, &length)
    }
    return (listener, UInt16(bigEndian: address.sin_port))
}

private func read(_ count: Int, from connection: Int32) -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: count)
    let got = recv(connection, &buffer, count, 0)
    return got > 0 ? Array(buffer.prefix(got)) : nil
}

private func write(_ text: String, to connection: Int32) {
    var left = Array(text.utf8)[...]
    while !left.isEmpty {
        let sent = left.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        guard sent > 0 else { return }
        left = left.dropFirst(sent)
    }
}

private func waitForEnd(of connection: Int32) {
    while read(1024, from: connection) != nil {}
}
