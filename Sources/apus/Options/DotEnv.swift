import Glibc

/// The lines `NAME=value` of a file `.env`: for laptops, so that a database URL need not be typed each time.
struct DotEnv {
    private(set) var values: [String: String] = [:]

    init(_ text: String) {
        for line in text.split(whereSeparator: \.isNewline) {
            var line = line.drop { $0.isWhitespace }
            if line.hasPrefix("export ") { line = line.dropFirst("export ".count).drop { $0.isWhitespace } }
            guard !line.hasPrefix("#"), let equals = line.firstIndex(of: "=") else { continue }
            let name = line[..<equals].filter { !$0.isWhitespace }
            values[name] = Self.unquoted(line[line.index(after: equals)...])
        }
    }

    /// The file in the working directory, or nothing when there is none.
    static func inWorkingDirectory() -> DotEnv {
        let text = try? SecretFile(path: ".env", source: ".env").read()
        return DotEnv(text ?? "")
    }

    private static func unquoted(_ value: Substring) -> String {
        var value = value.drop { $0.isWhitespace }
        while value.last?.isWhitespace == true { value.removeLast() }
        for quote in ["\"", "'"] where value.count >= 2 && value.hasPrefix(quote) && value.hasSuffix(quote) {
            return String(value.dropFirst().dropLast())
        }
        return String(value)
    }
}
