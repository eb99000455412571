/// Somebody outside who is told of events: a kind, an address, and the events that are wanted.
package struct Endpoint: Sendable, CustomStringConvertible {
    /// What is sent, and which answer counts.
    package let kind: EndpointKind
    /// The only part of the URL that is not a secret.
    package let host: String
    let url: String
    let events: Set<EventType>
    let keys: [[UInt8]]
    let permissions: Permissions
    let redactor: Redactor

    /// Reads an endpoint as users write it: `kind+https://…#events=run.failed,run.succeeded`.
    ///
    /// The vendor's URL stays as it was copied. Without a kind it is plain JSON, without a fragment the default events.
    /// The fragment is never sent.
    package init(
        parsing text: String,
        secrets: SigningSecrets = .none,
        permissions: Permissions = Permissions()
    ) throws(EndpointError) {
        let parts = try EndpointText(text)
        guard let address = WebURL(parts.url) else { throw .malformedURL }
        try checkScheme(of: address, permissions)
        if parts.kind.signing == .always, secrets.keys.isEmpty {
            throw .missingSecret(kind: parts.kind.name, host: address.host)
        }
        kind = parts.kind
        host = address.host
        url = parts.url
        events = try wantedEvents(parts.fragment, host: address.host)
        keys = kind.signing == .never ? [] : secrets.keys
        self.permissions = permissions
        redactor = Redactor(secrets: address.secrets + secrets.texts)
    }

    /// The kind and the host: all of an endpoint that may be shown.
    package var safeName: String { "\(kind.name) \(host)" }

    package var description: String { safeName }

    func wants(_ type: EventType) -> Bool {
        type == .test || events.contains(type)
    }
}

private func checkScheme(of url: WebURL, _ permissions: Permissions) throws(EndpointError) {
    switch url.scheme {
    case "https": return
    case "http":
        guard permissions.plainHTTPAnywhere || isNearby(url.host) else { throw .plainHTTP(host: url.host) }
    default: throw .unsupportedScheme(host: url.host)
    }
}

private func wantedEvents(_ fragment: String?, host: String) throws(EndpointError) -> Set<EventType> {
    guard let fragment else { return .byDefault }
    guard fragment.hasPrefix("events=") else { throw .unknownOption(host: host) }
    var events: Set<EventType> = []
    for name in fragment.dropFirst("events=".count).split(separator: ",", omittingEmptySubsequences: false) {
        guard let event = EventType(rawValue: String(name)) else { throw .unknownEvent(String(name)) }
        events.insert(event)
    }
    return events
}
