/// One statement of a script.
package struct Statement: Sendable, Hashable {
    /// From its first token to its last: neither the `;` nor the comments around it, unless one is a directive.
    package let range: Range<Int>
    /// What its leading keywords say.
    package let kind: StatementKind
    /// The rows below COPY … FROM STDIN, up to the line `\.`; nil for every other statement.
    package let copyData: Range<Int>?

    /// The same, with the directive in front of it.
    func beginning(at directive: Int?) -> Statement {
        guard let directive else { return self }
        return Statement(range: directive..<range.upperBound, kind: kind, copyData: copyData)
    }
}
