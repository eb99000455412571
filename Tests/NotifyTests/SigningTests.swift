import TestSupport
import Testing

@testable import Notify

@Suite struct SigningTests {
    @Test(arguments: [
        (#"{"test": 2432232314}"#, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
        (#"{"n":"é✓"}"#, "v1,JLvFrioBieScqHAmy+IlnTP2Gjcx7fmwP7bGCSdzihg="),
    ])
    func `the vectors of Standard Webhooks hold`(body: String, signature: String) throws {
        let secrets = try SigningSecrets(parsing: [sampleSecret])
        let signed = WebhookSignature(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
            timestamp: 1_614_265_330,
            body: Array(body.utf8)
        )
        #expect(signed.headers(signedWith: secrets.keys).last?.value == signature)
    }

    @Test func `what arrives is verified by Python's hmac, for the new and the old secret`() throws {
        let old = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX"
        let receiver = Receiver([.answer(204)])
        defer { receiver.stop() }
        let endpoint = try Endpoint(
            parsing: "standard+http://127.0.0.1:\(receiver.port)/",
            secrets: SigningSecrets(parsing: ["\(sampleSecret) \(old)"])
        )
        #expect(try deliver(to: endpoint).outcome == .delivered)
        let request = try #require(receiver.requests.first)
        let signatures = try #require(request.headers["webhook-signature"]).split(separator: " ").map(
            String.init
        )
        #expect(
            try signatures == [pythonSignature(of: request, sampleSecret), pythonSignature(of: request, old)]
        )
    }

    @Test func `every attempt has the same id and a signature of its own`() throws {
        let receiver = Receiver([.answer(503, headers: ["Retry-After: 1"]), .answer(200)])
        defer { receiver.stop() }
        _ = try deliver(to: endpoint("standard", port: receiver.port))
        #expect(Set(receiver.requests.map { $0.headers["webhook-timestamp"] }).count == 2)
        for request in receiver.requests {
            #expect(request.headers["webhook-id"] == "msg_2ab3")
            #expect(try request.headers["webhook-signature"] == pythonSignature(of: request, sampleSecret))
        }
    }

    @Test func `plain JSON is signed only with a secret, chats never`() throws {
        let receiver = Receiver([.answer(200, body: "ok")])
        defer { receiver.stop() }
        _ = try deliver(to: Endpoint(parsing: "http://127.0.0.1:\(receiver.port)/"))
        _ = try deliver(to: endpoint("json", port: receiver.port))
        let secrets = try SigningSecrets(parsing: [sampleSecret])
        _ = try deliver(to: Endpoint(parsing: "slack+http://127.0.0.1:\(receiver.port)/", secrets: secrets))
        #expect(receiver.requests.map { $0.headers["webhook-signature"] != nil } == [false, true, false])
        #expect(receiver.requests.map { $0.headers["webhook-id"] } == ["msg_2ab3", "msg_2ab3", nil])
    }

    @Test func `a secret may come without prefix and padding`() throws {
        let full = try SigningSecrets(parsing: ["whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGA=="])
        let bare = try SigningSecrets(parsing: ["AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGA"])
        #expect(full.keys == bare.keys && full.keys == [Array(0...24)])
    }

    @Test(arguments: ["whsec_", "whsec_c2hvcnQ=", "hunter2", "whsec_\(String(repeating: "QUFB", count: 22))"])
    func `a secret that is not 24 to 64 bytes of Base64 is refused, without showing it`(secret: String) {
        let error = #expect(throws: EndpointError.malformedSecret(position: 2)) {
            try SigningSecrets(parsing: [sampleSecret, secret])
        }
        #expect(error?.description.contains(secret == "whsec_" ? "hunter" : secret) == false)
    }

    @Test func `printing secrets does not show them`() throws {
        let secrets = try SigningSecrets(parsing: [sampleSecret])
        #expect("\(secrets) \([secrets])" == "1 secrets [1 secrets]")
    }
}

/// The signature that a receiver computes: an implementation that shares nothing with ours.
private func pythonSignature(of request: Receiver.Request, _ secret: String) throws -> String {
    let script = """
        import base64, hashlib, hmac, sys
        id, timestamp, secret = sys.argv[1:]
        key = base64.b64decode(secret.removeprefix("whsec_"))
        signed = f"{id}.{timestamp}.".encode() + sys.stdin.buffer.read()
        print("v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode())
        """
    let id = try #require(request.headers["webhook-id"])
    let timestamp = try #require(request.headers["webhook-timestamp"])
    return try Command.output(of: "python3", ["-c", script, id, timestamp, secret], input: request.body)
}
