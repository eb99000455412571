import Database

/// What libpq's verbose message about a failed connection says: one paragraph for each address tried, the last one last.
///
/// The SQLSTATE stands between two colons after the severity, which the server may have translated:
/// `FATAL:  28P01: password authentication failed …`.
func connectFailure(_ message: String) -> DatabaseError {
    let paragraphs = message.split(separator: "connection to server")
    let last = paragraphs.last ?? message[...]
    let lines = last.split(separator: "\n").filter { !$0.hasPrefix("LOCATION:") }
    for line in lines {
        guard let match = line.firstMatch(of: /: +[^:\n]+: +([0-9A-Z]{5})(?:: *(.*))?$/) else { continue }
        return DatabaseError(
            .server(SQLState(rawValue: String(match.1))),
            match.2.map(String.init) ?? "",
            detail: lines.first { $0.hasPrefix("DETAIL:") }.map { trimmed($0.dropFirst(7)) },
            hint: lines.first { $0.hasPrefix("HINT:") }.map { trimmed($0.dropFirst(5)) }
        )
    }
    return DatabaseError(.unreachable, ownWords(lines.map(trimmed)))
}

/// `"db", port 5432: Connection refused`, without the question whether a server is running there.
private func ownWords(_ lines: [String]) -> String {
    let words = lines.filter { !$0.hasPrefix("Is the server running") }.joined(separator: " ")
    return (words.hasPrefix("at ") ? String(words.dropFirst(3)) : words).replacing(" failed: ", with: ": ")
}

private func trimmed(_ text: Substring) -> String {
    String(text.drop { $0.isWhitespace })
}
