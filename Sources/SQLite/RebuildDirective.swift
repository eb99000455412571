import Database

/// What the comment lines in front of a `CREATE TABLE` ask for:
///
///     -- apus:rebuild users
///     -- apus:column full_name = first || ' ' || last
struct RebuildDirective: Hashable {
    let table: String
    /// What fills a column of the new table, by its name: an expression over the old columns.
    private(set) var expressions: [String: String] = [:]

    /// nil when no directive stands in front of the next statement.
    ///
    /// - Throws: `DatabaseError` when one cannot be read.
    init?(in text: ArraySlice<UInt8>) throws(DatabaseError) {
        var lines = Self.leadingDirectives(of: text)
        guard !lines.isEmpty else { return nil }
        let first = lines.removeFirst()
        guard first.name == "rebuild", !first.value.isEmpty else { throw unreadable(first) }
        table = unquoted(first.value)
        for line in lines {
            let sides = line.value.split(separator: "=", maxSplits: 1).map(trimmed)
            guard line.name == "column", sides.count == 2, !sides[0].isEmpty, !sides[1].isEmpty else {
                throw unreadable(line)
            }
            let name = lowercased(unquoted(sides[0]))
            guard expressions.updateValue(sides[1], forKey: name) == nil else { throw unreadable(line) }
        }
    }

    /// The lines `-- apus:name value` before the first token.
    private static func leadingDirectives(of text: ArraySlice<UInt8>) -> [(name: String, value: String)] {
        var found: [(name: String, value: String)] = []
        var rest = text
        while true {
            rest = rest.drop { $0 == UInt8(ascii: " ") || (0x09...0x0D).contains($0) }
            guard rest.starts(with: Array("--".utf8)) else { return found }
            let line = rest.prefix { $0 != UInt8(ascii: "\n") }
            rest = rest[line.endIndex...]
            let words = trimmed(Substring(String(decoding: line.dropFirst(2), as: UTF8.self)))
            let directive = words.dropFirst("apus:".count)
            guard words.hasPrefix("apus:"), directive.first?.isLetter == true else { continue }
            let parts = directive.split(maxSplits: 1, whereSeparator: \.isWhitespace)
            found.append((parts.first.map(String.init) ?? "", parts.count > 1 ? trimmed(parts[1]) : ""))
        }
    }
}

private func unreadable(_ line: (name: String, value: String)) -> DatabaseError {
    DatabaseError(
        .server("42601"),
        "\"-- apus:\(line.name) \(line.value)\" is not understood: it is \"-- apus:rebuild TABLE\", and below it "
            + "\"-- apus:column NAME = EXPRESSION\""
    )
}

private func trimmed(_ text: Substring) -> String {
    var text = text.drop { $0.isWhitespace }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
}

/// A name without the quotes that SQLite knows.
private func unquoted(_ name: String) -> String {
    for (open, close) in [("\"", "\""), ("`", "`"), ("[", "]")]
    where name.count > 2 && name.hasPrefix(open) && name.hasSuffix(close) {
        return String(name.dropFirst().dropLast()).replacing(close + close, with: close)
    }
    return name
}
