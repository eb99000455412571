import Foundation

/// What a request is answered with.
struct Response {
    let text: String

    init(_ status: Int, _ body: String) {
        text = """
            HTTP/1.1 \(status)\r
            Content-Type: text/plain; charset=utf-8\r
            Content-Length: \(body.utf8.count + 1)\r
            Connection: close\r
            \r
            \(body)

            """
    }
}

/// As much HTTP as an example needs: one request a connection, one thread a request. A real server has a framework here.
struct Listener: Sendable {
    /// The port it listens on.
    let port: UInt16
    private let socket: Int32

    init?(port: UInt16) {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var reuse: Int32 = 1
        setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &reuse, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let socket = socket
        let isListening = withUnsafeMutablePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(socket, address, size) == 0 && listen(socket, 64) == 0
                    && getsockname(socket, address, &size) == 0
            }
        }
        guard isListening else { return nil }
        self.port = UInt16(bigEndian: address.sin_port)
    }

    /// Answers requests by their path, for ever.
    func run(_ answer: @escaping @Sendable (_ path: String) -> Response) -> Never {
        while true {
            let client = accept(socket, nil, nil)
            guard client >= 0 else { continue }
            Thread.detachNewThread { serve(client, answer) }
        }
    }
}

private func serve(_ client: Int32, _ answer: (String) -> Response) {
    defer { close(client) }
    var patience = timeval(tv_sec: 5, tv_usec: 0)
    setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    var request = [UInt8](repeating: 0, count: 8192)
    let count = recv(client, &request, request.count, 0)
    // GET /healthz HTTP/1.1
    let words = String(decoding: request.prefix(max(0, count)), as: UTF8.self).split(separator: " ")
    guard words.count > 1 else { return }
    let text = answer(String(words[1])).text
    send(client, text, text.utf8.count, Int32(MSG_NOSIGNAL))
}
