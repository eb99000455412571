/// Takes secrets out of texts that come from elsewhere.
///
/// libcurl's messages name what they were given, and a receiver's answer may quote the request: "Cannot POST /hooks/…".
struct Redactor: Sendable {
    /// Shorter texts appear by chance, and replacing them would only damage messages.
    private static let shortestSecret = 4
    /// What one error text may take in a report.
    private static let limit = 512

    private let secrets: [String]

    /// - Parameter secrets: What must never be shown. The longest is replaced first, so that no part of it is left over.
    init(secrets: some Sequence<String>) {
        let long = Set(secrets).filter { $0.utf8.count >= Redactor.shortestSecret }
        self.secrets = long.sorted { $0.utf8.count > $1.utf8.count }
    }

    /// The text on one line, without secrets and control characters, in at most 512 bytes.
    func clean(_ text: String) -> String {
        shortened(printable(String(decoding: redacted(Array(text.utf8)), as: UTF8.self)))
    }

    /// Works on bytes: a `String` takes a secret with a combining character behind it for another text.
    private func redacted(_ text: [UInt8]) -> [UInt8] {
        secrets.reduce(text) { $0.replacing(Array($1.utf8), with: Array("[redacted]".utf8)) }
    }

    private func printable(_ text: String) -> String {
        let words = text.split { $0.isWhitespace || $0.unicodeScalars.contains(where: isControl) }
        return words.joined(separator: " ")
    }

    private func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control
    }

    private func shortened(_ text: String) -> String {
        guard text.utf8.count > Redactor.limit else { return text }
        var room = Redactor.limit - "…".utf8.count
        let fitting = text.unicodeScalars.prefix { scalar in
            room -= UTF8.width(scalar)
            return room >= 0
        }
        return String(String.UnicodeScalarView(fitting)) + "…"
    }
}
