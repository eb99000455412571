import Digests
import FoundationEssentials

/// The headers that prove where a request comes from, as Standard Webhooks 1.0.0 has them ("Signature scheme").
struct WebhookSignature {
    let id: String
    /// Unix seconds of the attempt, not of the event: receivers refuse what is minutes old.
    let timestamp: Int
    let body: [UInt8]

    /// The three headers, or the first two when there is no key to sign with.
    func headers(signedWith keys: [[UInt8]]) -> [(name: String, value: String)] {
        let identity = [("webhook-id", id), ("webhook-timestamp", String(timestamp))]
        guard !keys.isEmpty else { return identity }
        return identity + [("webhook-signature", keys.map(signature).joined(separator: " "))]
    }

    private func signature(key: [UInt8]) -> String {
        let signed = Array("\(id).\(timestamp).".utf8) + body
        return "v1," + Data(HMACSHA256.code(for: signed, key: key)).base64EncodedString()
    }
}
