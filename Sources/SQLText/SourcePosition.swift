/// A place in a file, for people: both numbers start at 1.
package struct SourcePosition: Sendable, Hashable {
    /// The line, counted by line feeds.
    package let line: Int
    /// The column in Unicode scalars, so that an editor shows the same number.
    package let column: Int

    /// The place at `line` and `column`.
    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }
}
