import FoundationEssentials
import Synchronization

/// Takes secrets out of everything that leaves the process, wherever it came from: a server, a hook, libcurl.
///
/// Secrets become known while the job runs, since a password file may change; from then on they are known for good.
package final class Scrubber: Sendable {
    private let secrets = Mutex<[String]>([])

    package init() {}

    /// Values shorter than four characters are left alone: they would take ordinary words apart.
    package func register(_ secret: String?) {
        guard let secret, secret.count >= 4 else { return }
        let forms = [
            secret, secret.addingPercentEncoding(withAllowed: unreserved),
            Data(secret.utf8).base64EncodedString(),
            // As it stands between the quotes of a line of JSON.
            String(encoded(secret).dropFirst().dropLast()),
        ]
        secrets.withLock { known in
            for form in forms where !known.contains(form) { known.append(form) }
            known.sort { $0.count > $1.count }
        }
    }

    /// The text with three stars for each secret.
    package func scrub(_ text: String) -> String {
        secrets.withLock { known in known.reduce(text) { $0.contains(bytesOf: $1) ? $0.starred($1) : $0 } }
    }
}

// Byte by byte: characters would hide a secret behind which a combining one stands.
extension String {
    /// The plainest search there is: what makes ready for a clever one would take longer, for each line of output.
    fileprivate func contains(bytesOf secret: String) -> Bool {
        let text = utf8.span
        let secret = secret.utf8.span
        guard secret.count <= text.count else { return false }
        return (0...text.count - secret.count).contains { start in
            secret.indices.allSatisfy { text[start + $0] == secret[$0] }
        }
    }

    fileprivate func starred(_ secret: String) -> String {
        let bytes = Array(utf8).replacing(Array(secret.utf8), with: Array("***".utf8))
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension String {
    fileprivate func addingPercentEncoding(withAllowed allowed: (UInt8) -> Bool) -> String {
        utf8.map { byte in
            allowed(byte)
                ? String(UnicodeScalar(byte))
                : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }
}

private func unreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        true
    default: false
    }
}
