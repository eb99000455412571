import TestSupport
import Testing
import Waiting

@testable import Notify

@Suite struct DeliveryTests {
    @Test func `the envelope holds the report byte for byte`() throws {
        let receiver = Receiver([.answer(200)])
        defer { receiver.stop() }
        _ = try deliver(to: endpoint("json", port: receiver.port, suffix: "?a=b#events=run.failed"))
        let request = try #require(receiver.requests.first)
        let body = String(decoding: request.body, as: UTF8.self)
        let data = #"{"run" : "01J", "exit_code":3}"#
        #expect(body == #"{"type":"run.failed","timestamp":"2026-11-21T03:00:00Z","data":\#(data)}"#)
        #expect(request.path == secretPath + "?a=b")
        #expect(request.headers["content-type"] == "application/json")
        #expect(request.headers["user-agent"] == "apus/1.2.3")
    }

    @Test func `text is escaped as JSON has it`() {
        let text = "\"\\\n\u{1}\u{1F}é💥"
        #expect(String(decoding: JSON.string(text).bytes, as: UTF8.self) == #""\"\\\n\u0001\u001fé💥""#)
    }

    @Test func `an event that is not wanted is skipped without a request`() throws {
        let result = try deliver(sampleNotification(.runSkipped), to: endpoint("json", port: 1))
        #expect(result.outcome == .skipped)
        #expect(result.attempts == 0)
    }

    @Test func `a long answer is read to 64 KiB, and a success all the same`() throws {
        let flood = String(repeating: "x", count: 5_000_000)
        #expect(try deliver(to: "json", answering: .answer(200, body: flood)).outcome == .delivered)
        #expect(try deliver(to: "slack", answering: .answer(200, body: flood)).outcome == .failed)
    }

    @Test func `a receiver's words are told on one line and cut`() throws {
        let words = "line one\r\nline\u{7}two " + String(repeating: "é", count: 1000)
        let result = try deliver(to: "json", answering: .answer(400, body: words))
        #expect(result.error?.hasPrefix("HTTP 400: line one line two é") == true)
        #expect(result.error?.utf8.count ?? 0 <= 512)
    }

    @Test func `a silent endpoint does not use up the others' time`() throws {
        let (silent, fine) = (Receiver([.silence]), Receiver([.answer(200)]))
        defer { [silent, fine].forEach { $0.stop() } }
        let notifier = try Notifier(
            endpoints: [endpoint("json", port: silent.port), endpoint("json", port: fine.port)],
            policy: impatient,
            certificateAuthorities: CertificateAuthorities(chosen: nil) { _ in nil },
            version: "1.2.3"
        )
        let results = notifier.deliver(sampleNotification(), or: .none)
        #expect(results.map(\.outcome) == [.failed, .delivered])
        #expect(results[1].duration < results[0].duration)
    }

    @Test(arguments: [
        "169.254.169.254", "0xa9fea9fe", "[::ffff:169.254.169.254]", "[fe80::1]", "[fd00:ec2::254]",
    ])
    func `credentials of clouds are out of reach`(host: String) throws {
        let result = try deliver(to: Endpoint(parsing: "https://\(host)/latest"))
        #expect(result.attempts == 1)
        #expect(result.error?.contains("is a link-local address") == true)
    }

    @Test func `link-local addresses can be allowed`() throws {
        let permissions = Permissions(plainHTTPAnywhere: true, linkLocalAddresses: true)
        let endpoint = try Endpoint(parsing: "http://169.254.1.1/", permissions: permissions)
        let result = try deliver(to: endpoint, until: .after(.milliseconds(200)))
        #expect(result.error?.contains("is a link-local address") == false)
    }
}
