extension EndpointKind {
    /// Standard Webhooks 1.0.0: the event in its envelope, always signed.
    package static let standard = EndpointKind(
        name: "standard",
        signing: .always,
        recognisesRepetitions: true,
        body: envelope,
        judge: \.failure
    )
}

/// The event as Standard Webhooks 1.0.0 ("Payload structure") has it, with the report as it was given.
func envelope(around notification: Notification) -> [UInt8] {
    let members: JSON = .object([
        "type": .string(notification.type.rawValue),
        "timestamp": .string(notification.timestamp),
        "data": .verbatim(notification.data),
    ])
    return members.bytes
}
