import Foundation
import Testing

@testable import Waiting

@Suite struct WaitingTests {
    @Test func `a backoff grows to its cap and never past it`() {
        var backoff = Backoff(first: .milliseconds(50), cap: .milliseconds(200), jitter: 0)
        let pauses = (0..<4).map { _ in backoff.pause() }
        #expect(pauses == [.milliseconds(50), .milliseconds(100), .milliseconds(200), .milliseconds(200)])
    }

    @Test func `jitter only shortens a pause`() {
        var backoff = Backoff(first: .seconds(1), cap: .seconds(1), jitter: 0.5)
        for _ in 0..<100 {
            let pause = backoff.pause()
            #expect(pause >= .milliseconds(500) && pause <= .seconds(1))
        }
    }

    @Test func `a wait ends when the interruption is asked for, and so does every later one`() {
        let (interruption, request) = Interruption.manual()
        #expect(!interruption.isRequested)
        request()
        #expect(waitFor(-1, events: 0, until: .never, or: interruption) == .interrupted)
        #expect(!pause(for: .seconds(60), or: interruption))
        #expect(interruption.signal == 15)
    }

    @Test(arguments: [2000, 5001])
    func `several threads take each element once, at its position`(count: Int) {
        let numbers = (0..<count).map { $0 * 2 }
        let taken = inParallel { found in
            for number in 0...count { found(number) }
            return numbers
        } _: { shares in
            Array(shares).flatMap { part in part.indices.map { [$0, part[$0]] } }
        }
        #expect(taken.count > 1 || ProcessInfo.processInfo.activeProcessorCount == 1)
        #expect(taken.flatMap(\.self).sorted { $0[0] < $1[0] } == numbers.indices.map { [$0, numbers[$0]] })
    }

    @Test(arguments: [0, 1, 100, 101, 999])
    func `a few elements, or none, are not worth a thread`(count: Int) {
        let numbers = Array(0..<count)
        let taken = inParallel { found in
            found(count)
            return numbers
        } _: { shares in
            Array(shares.joined())
        }
        #expect(taken == [numbers])
    }

    @Test func `a wait ends at its deadline`() {
        #expect(waitFor(-1, events: 0, until: .after(.milliseconds(5)), or: .none) == .deadlinePassed)
    }

    @Test func `a deadline that never passes is later than any other`() {
        #expect(Deadline.after(.seconds(1)) < .never)
        #expect(!(Deadline.never < .never))
    }

    @Test func `an errand is waited for until it is done, and no longer than one likes`() {
        let quick = Errand { 42 }
        guard case .ready = quick.wait(until: .never, or: .none) else {
            Issue.record("not done")
            return
        }
        #expect(quick.value() == 42)
        let (interruption, request) = Interruption.manual()
        let endless = Errand { pause(for: .seconds(30), or: interruption) }
        #expect(endless.wait(until: .after(.milliseconds(5)), or: .none) == .deadlinePassed)
        request()
        #expect(endless.value() == false)
    }
}
