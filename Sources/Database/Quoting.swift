/// Quoting by the rules that PostgreSQL and SQLite share.
package enum Quoting {
    /// The text between quotation marks, each one within it doubled; zero characters, which no database takes, go.
    ///
    /// By scalars: an apostrophe with a combining mark behind it is another character to Swift, and the same quotation mark
    /// to a database.
    package static func quoted(_ text: String, _ mark: Unicode.Scalar) -> String {
        var result = String.UnicodeScalarView([mark])
        for scalar in text.unicodeScalars where scalar.value != 0 {
            if scalar == mark { result.append(mark) }
            result.append(scalar)
        }
        result.append(mark)
        return String(result)
    }
}
