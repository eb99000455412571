import Foundation
import TestSupport
import Testing

@testable import Notify

/// The path of a chat's webhook is a credential. Whatever goes wrong, nobody may read it in a result.
@Suite struct SecrecyTests {
    private static let pieces = [
        "T0PSECRET", "B0TOKEN", "xK3yxK3y", "MfKQ9r8G", "hunter22", "dXNlcjpodW50ZXIyMg", "s%2Fg", "s/gn",
    ]

    private static let echo =
        "Cannot POST \(secretPath)?sig=s%2Fgnature 1 Authorization: Basic dXNlcjpodW50ZXIyMg== s/gnature hunter22 \(sampleSecret) \(sampleSecret.dropFirst(6))"

    @Test(
        arguments: [
            .answer(400, body: echo), .answer(404, body: echo), .answer(500, body: echo),
            .answer(200, body: echo),
            .answer(302, headers: ["Location: \(secretPath)"]),
            .answer(302, headers: ["Location: //hunter22@x:y\(secretPath)"]),
            .answer(429, headers: ["Retry-After: 900"], body: echo),
            .answer(400, body: String(repeating: echo, count: 100)),
            .silence, .hangUp, .raw("\(secretPath)\r\n\r\n"), .raw("HTTP/1.1 \(secretPath)\r\n\r\n"),
            .raw("HTTP/1.1 200 OK\r\nContent-Length: x\(secretPath)\r\n\r\n"),
            .raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\(secretPath)\r\n"),
        ] as [Receiver.Reply]
    )
    func `no failure shows a secret`(reply: Receiver.Reply) throws {
        let receiver = Receiver([reply])
        defer { receiver.stop() }
        for kind in ["slack", "json"] {
            let endpoint = try loaded(kind, "http", "127.0.0.1:\(receiver.port)")
            let result = try deliver(to: endpoint, policy: reply.isSilence ? impatient : quick)
            if kind == "slack" { #expect(result.outcome == .failed) }
            expectNoSecret(in: result)
        }
    }

    @Test(arguments: ["127.0.0.1:1", "apus.invalid", "169.254.169.254"])
    func `no connection error shows a secret`(host: String) throws {
        var policy = quick
        policy.attempts = 1
        for kind in ["slack", "json"] {
            let result = try deliver(to: loaded(kind, "https", host), policy: policy)
            #expect(result.outcome == .failed)
            expectNoSecret(in: result)
        }
    }

    @Test(arguments: [
        "https://[", "https://x:99999", "gopher+https://x", "ftp://x", "http://example.com", "https://x:y@:1",
    ])
    func `no configuration error shows a secret`(start: String) {
        for text in [start + secretPath, start + secretPath + "#x", "user:hunter22@" + start + secretPath] {
            let error = #expect(throws: EndpointError.self) { try Endpoint(parsing: text) }
            let shown = error.map { "\($0) \(String(reflecting: $0))" } ?? ""
            #expect(!Self.pieces.contains(where: shown.contains), "\(shown)")
        }
    }

    @Test func `a secret with a combining character behind it is a secret`() {
        #expect(!Redactor(secrets: ["T0PSECRET"]).clean("T0PSECRET\u{301}").contains("T0PS"))
    }

    private func loaded(_ kind: String, _ scheme: String, _ place: String) throws -> Endpoint {
        try Endpoint(
            parsing: "\(kind)+\(scheme)://user:hunter22@\(place)\(secretPath)?sig=s%2Fgnature&v=1",
            secrets: SigningSecrets(parsing: [sampleSecret])
        )
    }

    private func expectNoSecret(in result: DeliveryResult) {
        let shown = String(reflecting: result)
        #expect(!Self.pieces.contains(where: shown.contains), "\(shown)")
    }
}
