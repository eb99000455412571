package import Database

// What libpq, a server or a pooler in between says, and whether it is worth waiting then.
extension FailureClass {
    package init(_ error: DatabaseError) {
        switch error.kind {
        case .configuration: self = .permanent(.configuration)
        case .server(let state): self = Self.of(state, error.message)
        case .unreachable: self = Self.ofClientMessage(error.message)
        case .connectionLost, .timedOut, .interrupted: self = .transient
        }
    }

    private static func of(_ state: SQLState, _ message: String) -> FailureClass {
        switch state {
        case .databaseMissing: .graced(.configuration)
        case .insufficientPrivilege: .graced(.denied)
        case "08P01": ofPoolerMessage(message)
        default:
            switch state.family {
            case "28": .graced(.denied)
            case "0A", "22", "3F", "42": .permanent(.configuration)
            default: .transient
            }
        }
    }

    /// PgBouncer answers everything with 08P01, so that only its words tell.
    private static func ofPoolerMessage(_ message: String) -> FailureClass {
        if message.contains("authentication failed") { return .graced(.denied) }
        if message.contains("no such database") || message.contains("does not exist") {
            return .graced(.configuration)
        }
        return message.contains("unsupported startup parameter") ? .permanent(.configuration) : .transient
    }

    /// libpq's own messages carry no code; these are the ones that waiting does not cure. They are not translated in the
    /// static build, and anything unknown counts as transient, so that a wrong guess costs time and nothing else.
    private static func ofClientMessage(_ message: String) -> FailureClass {
        if message.contains("no password supplied") { return .permanent(.denied) }
        let incurable = [
            "does not support SSL", "invalid response to SSL negotiation", "root certificate",
            "certificate file",
            "private key file", "certificate verify failed", "does not match host name",
            "invalid port number",
            "invalid sslmode", "weak sslmode", "invalid connection option", "channel binding",
            "authentication method",
            "definition of service", "invalid integer value", "could not look up local user",
        ]
        return incurable.contains { message.contains($0) } ? .permanent(.configuration) : .transient
    }
}
