/// What became of one event at one endpoint.
package struct DeliveryResult: Sendable, Equatable {
    /// The three ends of a delivery.
    package enum Outcome: String, Sendable {
        /// The receiver took it.
        case delivered
        /// The endpoint does not want events of this type.
        case skipped
        /// It was not taken, or nobody can know.
        case failed
    }

    /// The endpoint's kind and host. The rest of its URL is a secret.
    package let endpoint: String
    /// The name of the endpoint's kind.
    package let kind: String
    package let outcome: Outcome
    /// How many requests were begun.
    package let attempts: Int
    /// The last answer's HTTP status, or nil when there was none.
    package let status: Int?
    /// Why it failed, without secrets and in at most 512 bytes; nil unless it did.
    package let error: String?
    /// From the first attempt to the end, pauses included.
    package let duration: Duration
}
