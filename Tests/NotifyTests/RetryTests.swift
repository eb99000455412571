import TestSupport
import Testing

@testable import Notify

/// The retry table, row by row. The policy allows three attempts.
@Suite struct RetryTests {
    @Test(arguments: [400, 401, 402, 403, 404, 405, 406, 409, 410, 411, 413, 414, 415, 422, 426, 451, 501])
    func `an answer that would be the same again is final`(status: Int) throws {
        let result = try deliver(to: "json", answering: .answer(status))
        #expect(result.outcome == .failed)
        #expect(result.attempts == 1)
        #expect(result.status == status)
    }

    @Test(arguments: [408, 425, 429, 500, 502, 503, 504, 520, 527])
    func `an answer that may change is asked for again`(status: Int) throws {
        let result = try deliver(to: "json", answering: .answer(status))
        #expect(result.outcome == .failed)
        #expect(result.attempts == 3)
    }

    @Test(arguments: [200, 201, 202, 204])
    func `every answer of 200 to 299 is a success`(status: Int) throws {
        let result = try deliver(to: "standard", answering: .answer(status))
        #expect(result.outcome == .delivered)
        #expect(result.status == status)
        #expect(result.error == nil)
    }

    @Test func `a receiver that recovers gets the event`() throws {
        let result = try deliver(to: "json", answering: .answer(503), .hangUp, .answer(200))
        #expect(result.outcome == .delivered)
        #expect(result.attempts == 3)
    }

    @Test(arguments: [("json", 3), ("slack", 2)])
    func `an event that may have arrived is repeated once to people`(kind: String, attempts: Int) throws {
        #expect(try deliver(to: kind, answering: .hangUp).attempts == attempts)
        #expect(try deliver(to: kind, answering: .silence, policy: impatient).attempts == attempts)
        let half = "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf"
        #expect(try deliver(to: kind, answering: .raw(half)).attempts == attempts)
    }

    @Test func `a connection that is refused is tried again`() throws {
        for kind in ["json", "slack"] {
            #expect(try deliver(to: endpoint(kind, port: 1)).attempts == 3)
        }
    }

    @Test func `a handshake that fails is tried once more`() throws {
        let receiver = Receiver([], greeting: "this is not TLS, whatever you say")
        defer { receiver.stop() }
        #expect(try deliver(to: endpoint("json", port: receiver.port, scheme: "https")).attempts == 2)
    }

    @Test func `a handshake that hangs has sent nothing, so it is tried again even for people`() throws {
        let receiver = Receiver([.silence])
        defer { receiver.stop() }
        let endpoint = try endpoint("slack", port: receiver.port, scheme: "https")
        #expect(try deliver(to: endpoint, policy: impatient).attempts == 3)
    }

    @Test func `what is not HTTP is final`() throws {
        #expect(try deliver(to: "json", answering: .raw("SSH-2.0-OpenSSH_9.2\r\n")).attempts == 1)
    }

    @Test func `a redirect is not followed, and only its origin is told`() throws {
        let target = Receiver([.answer(200)])
        let location = "Location: http://127.0.0.1:\(target.port)/hidden?token=abcd"
        let result = try deliver(to: "json", answering: .answer(302, headers: [location]))
        target.stop()
        #expect(result.attempts == 1)
        #expect(result.error == "HTTP 302: redirect to http://127.0.0.1:\(target.port) not followed")
        #expect(target.requests.isEmpty)
    }

    @Test func `an endpoint that is gone is to be taken out`() throws {
        let result = try deliver(to: "json", answering: .answer(410))
        #expect(result.error == "HTTP 410: the endpoint is gone; take it out of the configuration")
    }

    @Test func `a name that does not resolve is tried again`() throws {
        let nowhere = try Endpoint(parsing: "https://apus.invalid\(secretPath)")
        var policy = quick
        policy.requestTimeout = .seconds(1)
        let result = try deliver(to: nowhere, policy: policy)
        #expect(result.outcome == .failed)
        #expect(result.attempts > 1)
    }
}
