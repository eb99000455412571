/// What a receiver answered.
struct Answer: Sendable {
    let status: Int
    /// The body, or the beginning of a long one.
    let body: [UInt8]
    /// How long the receiver asks to wait before the next attempt.
    let retryAfter: Duration?
    /// Scheme, host and port of where a redirect points; the rest of that URL may be a secret.
    let redirectOrigin: String?

    /// The body for people.
    var text: String { String(decoding: body, as: UTF8.self) }

    /// What the status alone says is wrong, or nil for a success.
    ///
    /// Standard Webhooks 1.0.0 takes 2xx for success and nothing else; which of the others are worth another attempt is
    /// common practice (go-retryablehttp, Flux): what the receiver may get over within seconds.
    var failure: Failure? {
        switch status {
        case 200...299: nil
        case 300...399: Failure(.redirected(status: status, to: redirectOrigin), retry: .never)
        case 410: Failure(.gone, retry: .never)
        case 408, 425, 429: Failure(refusal, retry: .always, wait: retryAfter)
        case 501: Failure(refusal, retry: .never)
        case 500...599: Failure(refusal, retry: .always, wait: retryAfter)
        default: Failure(refusal, retry: .never)
        }
    }

    private var refusal: DeliveryError.Cause { .notAccepted(status: status, text: text) }
}
