import CLibCurl

/// What libcurl reports while a transfer runs. Its callbacks write here; the transfer reads it.
final class Exchange {
    /// Longer answers are read no further: nobody looks at more, and a receiver may not fill our memory.
    static let bodyLimit = 64 * 1024

    let allowsLinkLocal: Bool
    private(set) var body: [UInt8] = []
    private(set) var isFull = false
    /// The link-local address that was not connected to.
    var blockedAddress: IPAddress?
    /// How the transfer ended, or nil while it runs.
    var result: CURLcode?

    init(allowsLinkLocal: Bool) {
        self.allowsLinkLocal = allowsLinkLocal
    }

    /// Takes bytes of the answer's body.
    ///
    /// - Returns: How many were taken; libcurl ends the transfer when it is not all of them.
    func take(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        let taken = bytes.prefix(Exchange.bodyLimit - body.count)
        body += taken
        isFull = taken.count < bytes.count
        return taken.count
    }
}
