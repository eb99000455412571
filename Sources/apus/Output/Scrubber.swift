import FoundationEssentials
import Synchronization

/// Takes secrets out of everything that leaves the process, wherever it came from: a server, a hook, libcurl.
///
/// Secrets become known while the job runs, since a password file may change; from then on they are known for good.
final class Scrubber: Sendable {
    private let secrets = Mutex<[String]>([])

    /// Values shorter than four characters are left alone: they would take ordinary words apart.
    func register(_ secret: String?) {
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

    func scrub(_ text: String) -> String {
        secrets.withLock { known in
            known.reduce(text) { $0.contains($1) ? $0.replacing($1, with: "***") : $0 }
        }
    }
}

/// The text with every URL cut off after its scheme: whichever it is, it may hold a password or be a secret itself.
func withoutURLs(_ text: Substring) -> String {
    guard let start = text.firstRange(of: "://")?.upperBound else { return String(text) }
    let rest = text[start...].drop { !$0.isWhitespace && $0 != "'" && $0 != "\"" }
    return text[..<start] + "***" + withoutURLs(rest)
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
