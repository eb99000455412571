/// What an endpoint may do that is refused unless somebody asks for it.
package struct Permissions: Sendable {
    /// Plain HTTP to any host, where everybody on the way can read the event and the URL.
    package var plainHTTPAnywhere: Bool
    /// Addresses of the link-local networks, where clouds hand out credentials to whoever asks.
    package var linkLocalAddresses: Bool

    /// Nothing is allowed unless it is named.
    package init(plainHTTPAnywhere: Bool = false, linkLocalAddresses: Bool = false) {
        self.plainHTTPAnywhere = plainHTTPAnywhere
        self.linkLocalAddresses = linkLocalAddresses
    }
}
