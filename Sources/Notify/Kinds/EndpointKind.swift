/// One way to tell an event: what is sent, and which answer means that it was taken.
///
/// A new kind is one file in this folder and one line in `all`.
package struct EndpointKind: Sendable {
    /// Whether requests are signed as Standard Webhooks has it.
    enum Signing: Sendable {
        case never, whenSecretIsGiven, always
    }

    /// What stands before the `+` of an endpoint's URL, and in the report.
    package let name: String
    let signing: Signing
    /// Whether the receiver can drop a repetition by its id. A chat shows it twice.
    let recognisesRepetitions: Bool
    /// The body of the request: JSON, for every kind there is.
    let body: @Sendable (Notification) -> [UInt8]
    /// What is wrong with an answer, or nil when the receiver took the event.
    let judge: @Sendable (Answer) -> Failure?

    /// Every kind there is.
    package static let all: [EndpointKind] = [
        .json,
        .standard,
        .slack,
    ]
}
