import CLibCurl

/// The parts of a URL as libcurl sees them.
///
/// The parser that judges a URL is the one that will send to it, so the two cannot disagree about where it points.
struct WebURL {
    let scheme: String
    /// IPv4 addresses stand in their usual form, IPv6 addresses in brackets.
    let host: String
    let port: String?
    /// Everything behind the host, and the user before it, in each form in which it may turn up in a text.
    let secrets: [String]

    init?(_ text: String) {
        guard let url = URLHandle(text), let scheme = url.part(CURLUPART_SCHEME),
            let host = url.part(CURLUPART_HOST)
        else { return nil }
        self.scheme = scheme
        self.host = host
        port = url.part(CURLUPART_PORT)
        secrets = url.secrets
    }

    /// Where the URL points to, without what a webhook's URL keeps secret.
    var origin: String {
        port.map { "\(scheme)://\(host):\($0)" } ?? "\(scheme)://\(host)"
    }
}
