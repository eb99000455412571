import Waiting

/// How hard a delivery is tried.
///
/// The defaults keep a whole notification within the 30 seconds that Kubernetes gives a pod to end. A job has no queue:
/// what is not delivered by then is lost, apart from the report.
package struct DeliveryPolicy: Sendable {
    /// The longest that name, connection and TLS handshake may take together.
    package var connectTimeout: Duration = .seconds(5)
    /// The longest that one attempt may take.
    package var requestTimeout: Duration = .seconds(10)
    /// How often an event is sent at most.
    package var attempts = 4
    /// The longest pause after the first attempt. It doubles after each, and chance takes off up to all of it, so that
    /// many jobs that failed together do not come back together.
    package var firstPause: Duration = .seconds(1)
    /// No pause is longer, except when the receiver asks for it.
    package var longestPause: Duration = .seconds(10)
    /// The longest that everything may take for one event, pauses included.
    package var budget: Duration = .seconds(30)

    /// The defaults; a caller with less time changes what it has to.
    package init() {}

    var backoff: Backoff { Backoff(first: firstPause, cap: longestPause, jitter: 1) }
}
