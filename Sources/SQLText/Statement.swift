/// One statement of a script.
package struct Statement: Sendable, Hashable {
    /// From its first token to its last: neither the `;` nor the comments around it.
    package let range: Range<Int>
    /// What its leading keywords say.
    package let kind: StatementKind
    /// The rows below COPY … FROM STDIN, up to the line `\.`; nil for every other statement.
    package let copyData: Range<Int>?
}
