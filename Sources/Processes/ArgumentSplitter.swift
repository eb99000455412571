/// Splits a setting such as `/hooks/pg_dump.sh "/var/my backups"` into arguments, without a shell.
///
/// Quotes and backslashes mean what they mean to sh: nothing is special in `'…'`; in `"…"` a backslash takes the meaning
/// from `"`, `\`, `$` and `` ` `` and is itself before anything else; outside it does so for every character, and before
/// a line end both vanish. Nothing is ever expanded: `$HOME`, `*`, `~`, `|` and `>` are text. A text that begins with
/// `[` is a JSON array of strings instead, and is taken as it is.
package enum ArgumentSplitter {
    /// The arguments that `text` holds; none when it is blank.
    package static func split(_ text: String) throws(ArgumentError) -> [String] {
        if text.first(where: { !$0.isWhitespace }) == "[" { return try JSONStrings.parse(text) }
        var reader = Reader(text)
        return try reader.split()
    }
}

private struct Reader {
    private let scalars: [Unicode.Scalar]
    private var index = 0
    private var arguments: [String] = []
    /// What was read of the argument we are in; nil between two of them, so that `''` is an argument.
    private var current: String.UnicodeScalarView?

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    mutating func split() throws(ArgumentError) -> [String] {
        while let scalar = next() {
            switch scalar {
            case " ", "\t", "\n", "\r": endArgument()
            case "'": try readSingleQuoted()
            case "\"": try readDoubleQuoted()
            case "\\": try readEscaped()
            default: append(scalar)
            }
        }
        endArgument()
        return arguments
    }

    private mutating func readSingleQuoted() throws(ArgumentError) {
        let start = index
        begin()
        while let scalar = next() {
            if scalar == "'" { return }
            append(scalar)
        }
        throw .unterminatedQuote("'", column: start)
    }

    private mutating func readDoubleQuoted() throws(ArgumentError) {
        let start = index
        begin()
        while let scalar = next() {
            switch scalar {
            case "\"": return
            case "\\": readEscapedInQuotes()
            default: append(scalar)
            }
        }
        throw .unterminatedQuote("\"", column: start)
    }

    private mutating func readEscapedInQuotes() {
        switch peek {
        case "\n": index += 1
        case "\"", "\\", "$", "`": if let scalar = next() { append(scalar) }
        default: append("\\")
        }
    }

    private mutating func readEscaped() throws(ArgumentError) {
        guard let scalar = next() else { throw .nothingAfterBackslash }
        if scalar != "\n" { append(scalar) }
    }

    private var peek: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

    private mutating func next() -> Unicode.Scalar? {
        guard let scalar = peek else { return nil }
        index += 1
        return scalar
    }

    private mutating func begin() {
        if current == nil { current = String.UnicodeScalarView() }
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        begin()
        current?.append(scalar)
    }

    private mutating func endArgument() {
        guard let finished = current else { return }
        arguments.append(String(finished))
        current = nil
    }
}
