import Glibc
import TestSupport
import Waiting

@testable import Notify

/// What every endpoint's URL carries here, and what no result may ever show.
let secretPath = "/services/T0PSECRET/B0TOKEN/xK3yxK3yxK3y"

/// The secret of the Standard Webhooks repository's test vector.
let sampleSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

/// A delivery as it would be in production, only faster.
let quick: DeliveryPolicy = {
    var policy = DeliveryPolicy()
    policy.attempts = 3
    policy.firstPause = .milliseconds(2)
    policy.longestPause = .milliseconds(10)
    return policy
}()

/// For receivers that never answer.
let impatient: DeliveryPolicy = {
    var policy = quick
    policy.requestTimeout = .milliseconds(100)
    return policy
}()

func sampleNotification(_ type: EventType = .runFailed) -> Notification {
    Notification(
        id: "msg_2ab3",
        type: type,
        timestamp: "2026-11-21T03:00:00Z",
        data: Array(#"{"run" : "01J", "exit_code":3}"#.utf8),
        summary: Summary(
            title: "Migration failed: appdb",
            outcome: .failed,
            facts: [.init("Run", "01J"), .init("Revision", "a1b2c3")],
            errorText: "ERROR 42P07: relation \"x\" already exists",
            footer: "apus 0.1.0"
        )
    )
}

/// An endpoint of this kind at a port of this machine.
func endpoint(_ kind: String, port: UInt16, scheme: String = "http", suffix: String = "") throws -> Endpoint {
    try Endpoint(
        parsing: "\(kind)+\(scheme)://127.0.0.1:\(port)\(secretPath)\(suffix)",
        secrets: kind == "slack" ? .none : SigningSecrets(parsing: [sampleSecret])
    )
}

/// Tells one endpoint of the sample event.
func deliver(
    _ notification: Notification = sampleNotification(),
    to endpoint: Endpoint,
    policy: DeliveryPolicy = quick,
    authorities file: String? = nil,
    until budget: Deadline = .never,
    or interruption: Interruption = .none
) throws -> DeliveryResult {
    signal(SIGPIPE, SIG_IGN)
    let notifier = Notifier(
        endpoints: [endpoint],
        policy: policy,
        certificateAuthorities: CertificateAuthorities(chosen: file) { _ in nil },
        version: "1.2.3"
    )
    return notifier.deliver(notification, until: budget, or: interruption)[0]
}

/// Tells an endpoint of this kind that answers by this script.
func deliver(
    to kind: String,
    answering script: Receiver.Reply...,
    policy: DeliveryPolicy = quick
) throws -> DeliveryResult {
    let receiver = Receiver(script)
    defer { receiver.stop() }
    return try deliver(to: endpoint(kind, port: receiver.port), policy: policy)
}
