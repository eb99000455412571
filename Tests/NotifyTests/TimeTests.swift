import Foundation
import TestSupport
import Testing
import Waiting

@testable import Notify

/// What ends a delivery early.
@Suite struct TimeTests {
    @Test func `the budget holds against a silent receiver`() throws {
        let receiver = Receiver([.silence])
        defer { receiver.stop() }
        var policy = quick
        policy.requestTimeout = .seconds(10)
        let result = try deliver(
            to: endpoint("json", port: receiver.port),
            policy: policy,
            until: .after(.milliseconds(200))
        )
        #expect(result.outcome == .failed)
        #expect(result.duration > .milliseconds(150) && result.duration < .seconds(8))
    }

    @Test func `no attempt is made when there is no time at all`() throws {
        let result = try deliver(to: endpoint("json", port: 1), until: .after(.zero))
        #expect(result.attempts == 0)
        #expect(result.error == "no time left")
    }

    @Test func `a receiver is given the time that it asks for, and a second for the rounding`() throws {
        let result = try deliver(
            to: "json",
            answering: .answer(429, headers: ["Retry-After: 1"]),
            .answer(200)
        )
        #expect(result.outcome == .delivered)
        #expect(result.duration > .seconds(2) && result.duration < .seconds(8))
    }

    @Test func `a receiver that asks for more time than there is gets no other attempt`() throws {
        let result = try deliver(
            to: "json",
            answering: .answer(503, headers: ["Retry-After: 3600"], body: "busy")
        )
        #expect(result.attempts == 1)
        #expect(
            result.error
                == "the receiver asks to wait 3601 s, longer than there is time; last attempt: HTTP 503: busy"
        )
    }

    @Test func `a receiver that asks for all the time of the world is not a reason to crash`() throws {
        let forever = "Retry-After: \(Int64.max)"
        #expect(try deliver(to: "json", answering: .answer(503, headers: [forever])).outcome == .failed)
    }

    @Test(arguments: [Receiver.Reply.silence, .answer(503)])
    func `an interruption ends an attempt and a pause at once`(reply: Receiver.Reply) throws {
        let receiver = Receiver([reply])
        defer { receiver.stop() }
        var policy = DeliveryPolicy()
        policy.firstPause = .seconds(600)
        policy.longestPause = .seconds(600)
        policy.budget = .seconds(900)
        let (interruption, request) = Interruption.manual()
        let requested = Date.now.addingTimeInterval(0.2)
        Thread {
            Thread.sleep(until: requested)
            request()
        }.start()
        let result = try deliver(to: endpoint("json", port: receiver.port), policy: policy, or: interruption)
        #expect(Date.now.timeIntervalSince(requested) < 1)
        #expect(result.attempts == 1)
        #expect(result.error?.hasPrefix("interrupted") == true)
    }

    @Test func `the interruption itself can be told`() throws {
        let (interruption, request) = Interruption.manual()
        request()
        let receiver = Receiver([.answer(200)])
        defer { receiver.stop() }
        let endpoint = try endpoint("json", port: receiver.port)
        #expect(try deliver(to: endpoint, or: interruption).attempts == 0)
        #expect(try deliver(to: endpoint, until: .after(.seconds(1)), or: .none).outcome == .delivered)
    }
}
