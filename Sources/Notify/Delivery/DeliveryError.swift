/// Why an endpoint did not get an event. Words are made of it here and nowhere else.
struct DeliveryError: Sendable, CustomStringConvertible {
    /// What was wrong with an attempt.
    enum Cause: Sendable, Equatable {
        case notAccepted(status: Int, text: String)
        /// A success by its status, but not by what the kind expects the body to say.
        case notConfirmed(status: Int, text: String)
        case redirected(status: Int, to: String?)
        case gone
        case blockedAddress(String)
        case certificateRefused(String)
        case certificateAuthoritiesUnusable(String)
        case connection(String)
    }

    /// Why there was no further attempt although there might have been one.
    enum Ending: Sendable, Equatable {
        case interrupted
        case noTimeLeft
        case waitTooLong(Duration)
    }

    let ending: Ending?
    let cause: Cause?

    /// The ending comes first, because a receiver's own words may be long and are cut.
    var description: String {
        [ending?.description, cause?.description].compactMap(\.self).joined(separator: "; last attempt: ")
    }
}

extension DeliveryError.Cause: CustomStringConvertible {
    var description: String {
        switch self {
        case .notAccepted(let status, let text): text.isEmpty ? "HTTP \(status)" : "HTTP \(status): \(text)"
        case .notConfirmed(let status, let text): "HTTP \(status), but the answer does not say ok: \(text)"
        case .redirected(let status, let origin?): "HTTP \(status): redirect to \(origin) not followed"
        case .redirected(let status, nil): "HTTP \(status): a redirect, which is never followed"
        case .gone: "HTTP 410: the endpoint is gone; take it out of the configuration"
        case .blockedAddress(let address):
            "\(address) is a link-local address, where clouds keep credentials: no webhook is sent there"
        case .certificateRefused(let reason):
            "\(reason); if the receiver has a private CA, give its certificate with APUS_CA_FILE"
        case .certificateAuthoritiesUnusable(let reason): "\(reason); check APUS_CA_FILE or SSL_CERT_FILE"
        case .connection(let reason): reason
        }
    }
}

extension DeliveryError.Ending: CustomStringConvertible {
    var description: String {
        switch self {
        case .interrupted: "interrupted"
        case .noTimeLeft: "no time left"
        case .waitTooLong(let wait):
            "the receiver asks to wait \(wait.components.seconds) s, longer than there is time"
        }
    }
}
