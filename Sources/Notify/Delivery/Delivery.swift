import Waiting

/// One event on its way to one endpoint, attempt after attempt.
///
/// It never waits: `Notifier` does, for all deliveries at once, and calls `advance` when something may have happened.
final class Delivery {
    private enum State {
        case pausing(until: Deadline)
        case sending(Transfer)
        case finished(DeliveryResult)
    }

    private let notification: Notification
    private let endpoint: Endpoint
    private let notifier: Notifier
    private let deadline: Deadline
    private let body: [UInt8]
    private let start = ContinuousClock.now
    private var backoff: Backoff
    private var state = State.pausing(until: .after(.zero))
    private var attempts = 0
    private var status: Int?
    private var lastCause: DeliveryError.Cause?
    private var hasUsedLastChance = false

    init(
        _ notification: Notification,
        to endpoint: Endpoint,
        by notifier: Notifier,
        until deadline: Deadline
    ) {
        self.notification = notification
        self.endpoint = endpoint
        self.notifier = notifier
        self.deadline = deadline
        body = endpoint.kind.body(notification)
        backoff = notifier.policy.backoff
        if !endpoint.wants(notification.type) { finish(.skipped) }
    }

    /// What became of it, or nil while it is under way.
    var result: DeliveryResult? {
        if case .finished(let result) = state { result } else { nil }
    }

    /// When to call `advance` at the latest, or nil when there is nothing more to do.
    var nextStep: Deadline? {
        switch state {
        case .pausing(let end): min(end, deadline)
        case .sending: deadline
        case .finished: nil
        }
    }

    /// Begins the next attempt when its time has come, or draws the conclusion from one that has ended.
    func advance(on loop: TransferLoop) {
        switch state {
        case .pausing where deadline.hasPassed: give(up: .noTimeLeft)
        case .pausing(let end) where end.hasPassed: send(on: loop)
        case .sending(let transfer):
            if let ending = transfer.ending { conclude(ending) }
        case .pausing, .finished: break
        }
    }

    /// Ends it here, because nobody has time for it any more.
    func interrupt() {
        if result == nil { give(up: .interrupted) }
    }

    private func send(on loop: TransferLoop) {
        attempts += 1
        let request = notifier.request(notification, body: body, to: endpoint, within: deadline.remaining)
        state = .sending(Transfer(request, on: loop))
    }

    private func conclude(_ ending: TransferEnding) {
        switch ending {
        case .broken(let breakage): consider(breakage.failure)
        case .answered(let answer):
            status = answer.status
            if let failure = endpoint.kind.judge(answer) { consider(failure) } else { finish(.delivered) }
        }
    }

    private func consider(_ failure: Failure) {
        lastCause = failure.cause
        guard attempts < notifier.policy.attempts, mayRetry(failure) else { return give(up: nil) }
        let pause = failure.wait ?? backoff.pause()
        guard pause < deadline.remaining else {
            return give(up: failure.wait.map(DeliveryError.Ending.waitTooLong) ?? .noTimeLeft)
        }
        state = .pausing(until: .after(pause))
    }

    private func mayRetry(_ failure: Failure) -> Bool {
        switch failure.retry {
        case .never: return false
        case .always: return true
        case .ifHarmless where endpoint.kind.recognisesRepetitions: return true
        case .once, .ifHarmless:
            defer { hasUsedLastChance = true }
            return !hasUsedLastChance
        }
    }

    private func give(up ending: DeliveryError.Ending?) {
        finish(.failed, DeliveryError(ending: ending, cause: lastCause))
    }

    private func finish(_ outcome: DeliveryResult.Outcome, _ error: DeliveryError? = nil) {
        state = .finished(
            DeliveryResult(
                endpoint: endpoint.safeName,
                kind: endpoint.kind.name,
                outcome: outcome,
                attempts: attempts,
                status: status,
                error: error.map { endpoint.redactor.clean($0.description) },
                duration: start.duration(to: .now)
            )
        )
    }
}
