/// One event, ready to be told to any number of endpoints.
package struct Notification: Sendable {
    package let id: String
    package let type: EventType
    package let timestamp: String
    package let data: [UInt8]
    package let summary: Summary

    /// - Parameters:
    ///   - id: Names the event, the same in every attempt and to every endpoint, so that a receiver can drop a
    ///     repetition. Standard Webhooks forbids full stops in it, because they separate the parts that are signed.
    ///   - type: What happened.
    ///   - timestamp: When it happened, as RFC 3339 has it.
    ///   - data: A JSON object, the report. It is sent byte for byte as it is.
    ///   - summary: The same for people.
    package init(id: String, type: EventType, timestamp: String, data: [UInt8], summary: Summary) {
        precondition(
            id.utf8.allSatisfy(isAllowedInID),
            "a notification's id is printable ASCII without full stops"
        )
        self.id = id
        self.type = type
        self.timestamp = timestamp
        self.data = data
        self.summary = summary
    }
}

private func isAllowedInID(_ byte: UInt8) -> Bool {
    (0x21...0x7E).contains(byte) && byte != UInt8(ascii: ".")
}
