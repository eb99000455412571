/// Why a text cannot be split into arguments. Columns count Unicode scalars from 1.
package enum ArgumentError: Error, Hashable, Sendable {
    case unterminatedQuote(Character, column: Int)
    case nothingAfterBackslash
    /// The text begins like a JSON array, but is no JSON array of strings.
    case notAnArrayOfStrings(column: Int)
}

extension ArgumentError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unterminatedQuote(let quote, let column):
            "The quote \(quote) at column \(column) of the command is never closed."
        case .nothingAfterBackslash: "The command ends with a backslash that has nothing to escape."
        case .notAnArrayOfStrings(let column):
            "The command begins with [ but is no JSON array of strings: see column \(column)."
        }
    }
}
