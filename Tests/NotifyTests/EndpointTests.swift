import Testing

@testable import Notify

@Suite struct EndpointTests {
    @Test func `a kind stands before the vendor's URL, which stays as it is`() throws {
        let url = "https://hooks.slack.com/services/T0/B0/a+b?x=%2F+y"
        let endpoint = try Endpoint(parsing: "slack+\(url)")
        #expect(endpoint.kind.name == "slack")
        #expect(endpoint.url == url)
        #expect(endpoint.safeName == "slack hooks.slack.com")
    }

    @Test func `without a kind it is JSON`() throws {
        #expect(try Endpoint(parsing: "HTTPS://example.com/a+b").kind.name == "json")
    }

    @Test func `printing an endpoint shows no more than its kind and host`() throws {
        let endpoint = try Endpoint(parsing: "slack+https://user:pass@hooks.slack.com\(secretPath)")
        #expect("\(endpoint) \([endpoint])" == "slack hooks.slack.com [slack hooks.slack.com]")
    }

    @Test func `the fragment chooses the events and is not part of the URL`() throws {
        let endpoint = try Endpoint(parsing: "https://example.com/x#events=run.skipped,run.failed")
        #expect(endpoint.events == [.runSkipped, .runFailed])
        #expect(endpoint.url == "https://example.com/x")
    }

    @Test func `without a fragment the ends of runs are told, and a check always is`() throws {
        let endpoint = try Endpoint(parsing: "https://example.com/x")
        #expect(EventType.allCases.filter(endpoint.wants) == [.runSucceeded, .runFailed, .test])
    }

    @Test(arguments: [
        ("https://example.com#events=run.fialed", EndpointError.unknownEvent("run.fialed")),
        ("https://example.com#events=", .unknownEvent("")),
        ("https://example.com#name=ops", .unknownOption(host: "example.com")),
        ("pigeon+https://example.com", .unknownKind("pigeon")),
        ("t0k3n/\(secretPath)+x://example.com", .malformedURL),
        ("slack+ftp://example.com", .unsupportedScheme(host: "example.com")),
        ("file:///etc/passwd", .malformedURL),
        ("hooks.slack.com/services", .malformedURL),
        ("https:///path", .malformedURL),
        ("https://exa mple.com", .malformedURL),
        ("https://example.com/\r\nX-Injected: 1", .malformedURL),
        ("https://example.com/\0", .malformedURL),
        ("", .malformedURL),
        ("http://example.com/x", .plainHTTP(host: "example.com")),
        ("standard+https://example.com", .missingSecret(kind: "standard", host: "example.com")),
    ])
    func `what cannot be used is refused at once`(text: String, error: EndpointError) {
        #expect(throws: error) { try Endpoint(parsing: text) }
    }

    @Test func `a missing secret names the setting`() {
        let error = EndpointError.missingSecret(kind: "standard", host: "example.com")
        #expect(error.description.contains("APUS_NOTIFY_SECRET"))
    }

    @Test(arguments: [
        "localhost", "127.0.0.1", "127.9.9.9", "[::1]", "[fd12::1]", "10.1.2.3", "172.31.0.1", "192.168.1.1",
        "2130706433",
        "alertmanager", "a.localhost", "hook.ops.svc", "hook.ops.svc.cluster.local", "[::ffff:10.0.0.1]",
        "0x7f.1",
    ])
    func `plain HTTP is for hosts nearby`(host: String) throws {
        #expect(try Endpoint(parsing: "http://\(host)/").kind.name == "json")
    }

    @Test(arguments: [
        "example.com", "8.8.8.8", "134744072", "0x08080808", "010.0.0.1", "172.32.0.1", "192.169.0.1",
        "svc.example.com",
        "cluster.local.example.com", "[2001:db8::1]", "169.254.169.254", "10.0.0.1.example.com",
    ])
    func `plain HTTP to anywhere else has to be allowed`(host: String) throws {
        #expect(throws: EndpointError.self) { try Endpoint(parsing: "http://\(host)/") }
        let permissions = Permissions(plainHTTPAnywhere: true)
        #expect(try Endpoint(parsing: "http://\(host)/", permissions: permissions).kind.name == "json")
    }
}
