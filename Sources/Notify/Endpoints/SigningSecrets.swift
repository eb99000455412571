import FoundationEssentials

/// The keys that requests are signed with: one, or the new and the old one while they are exchanged.
package struct SigningSecrets: Sendable, CustomStringConvertible {
    /// The secrets as they may turn up in a text, with and without their prefix.
    let texts: [String]
    let keys: [[UInt8]]

    /// Nothing is signed.
    package static let none = SigningSecrets()

    private init() {
        texts = []
        keys = []
    }

    /// Reads secrets as Standard Webhooks 1.0.0 has them: `whsec_` and the Base64 of 24 to 64 bytes.
    ///
    /// As in the reference libraries, the prefix and the padding may be missing.
    ///
    /// - Parameter secrets: Each may hold several, separated by white space.
    package init(parsing secrets: [String]) throws(EndpointError) {
        let given = secrets.flatMap { $0.split(whereSeparator: \.isWhitespace).map(String.init) }
        let bare = given.map { $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : $0 }
        var keys: [[UInt8]] = []
        for (index, base64) in bare.enumerated() {
            guard let key = key(from: base64) else { throw .malformedSecret(position: index + 1) }
            keys.append(key)
        }
        self.keys = keys
        texts = given + bare
    }

    package var description: String { "\(keys.count) secrets" }
}

private let prefix = "whsec_"

private func key(from base64: String) -> [UInt8]? {
    let padding = String(repeating: "=", count: (4 - base64.utf8.count % 4) % 4)
    guard let key = Data(base64Encoded: base64 + padding), (24...64).contains(key.count) else { return nil }
    return [UInt8](key)
}
