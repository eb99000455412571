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
        for quote in ["\"", "'"] as [Character] where value.first == quote {
            guard let end = value.dropFirst().lastIndex(of: quote) else { continue }
            let rest = value[value.index(after: end)...].drop { $0.isWhitespace }
            if rest.isEmpty || rest.hasPrefix("#") { return String(value.dropFirst()[..<end]) }
        }
        // A comment has a blank before it; a "#" in a password has none.
        if let comment = value.firstRange(of: " #") { value = value[..<comment.lowerBound] }
        while value.last?.isWhitespace == true { value.removeLast() }
        return String(value)
    }
}
