/// One POST, ready to be sent.
struct Request {
    let url: String
    let headers: [(name: String, value: String)]
    let body: [UInt8]
    let userAgent: String
    /// The PEM file of the authorities to believe, or nil for libcurl's own choice.
    let certificateAuthorities: String?
    let allowsLinkLocal: Bool
    /// The longest that the connection may take.
    let connectTimeout: Duration
    /// The longest that everything may take.
    let timeout: Duration
}
