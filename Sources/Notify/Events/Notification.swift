/// One event, ready to be told to any number of endpoints.
package struct Notification: Sendable {
    /// Names the event, the same in every attempt and to every endpoint, so that a receiver can drop a repetition.
    ///
    /// Standard Webhooks forbids full stops in it, because they separate the parts that are signed.
    package let id: String
    /// What happened.
    package let type: EventType
    /// When it happened, as RFC 3339 has it.
    package let timestamp: String
    /// A JSON object, the report. It is sent byte for byte as it is.
    package let data: [UInt8]
    /// The same for people.
    package let summary: Summary

    /// Takes what is told as it is; only the id is checked, which is the program's own making.
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
