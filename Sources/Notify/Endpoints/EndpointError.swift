/// Why an endpoint's configuration cannot be used. It never holds more of a URL than its host.
package enum EndpointError: Error, Equatable {
    case malformedURL
    case unknownKind(String)
    case unsupportedScheme(host: String)
    case plainHTTP(host: String)
    case unknownOption(host: String)
    case unknownEvent(String)
    case missingSecret(kind: String, host: String)
    case malformedSecret(position: Int)
}

extension EndpointError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .malformedURL:
            "a webhook's URL is malformed; it looks like https://host/path, with a kind and a plus sign before it"
        case .unknownKind(let name):
            "there is no webhook kind \"\(name)\"; there are \(list(EndpointKind.all.map(\.name)))"
        case .unsupportedScheme(let host): "the webhook at \(host) has to be reached with https or http"
        case .plainHTTP(let host):
            "the webhook at \(host) would be sent unencrypted; use https, or allow that with --notify-insecure"
        case .unknownOption(let host): "after the # of the webhook at \(host) may only stand events=…"
        case .unknownEvent(let name):
            "there is no event \"\(name)\"; there are \(list(EventType.allCases.map(\.rawValue)))"
        case .missingSecret(let kind, let host):
            "the webhook at \(host) is of kind \(kind), which signs; set APUS_NOTIFY_SECRET or APUS_NOTIFY_SECRET_FILE"
        case .malformedSecret(let position):
            "webhook secret \(position) is malformed; it is whsec_ and the Base64 of 24 to 64 random bytes,"
                + " as \"openssl rand -base64 32\" makes them"
        }
    }
}

private func list(_ names: [String]) -> String {
    names.joined(separator: ", ")
}
