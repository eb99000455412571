/// Cuts a script into statements where psql would.
package enum StatementSplitter {
    /// The statements in `range`, in order. Empty ones are left out; the last may lack its `;`.
    package static func split(_ text: SourceText, in range: Range<Int>) throws(SQLTextError) -> [Statement] {
        try text.check(in: range)
        var scanner = StatementScanner(text, in: range)
        var statements: [Statement] = []
        while let item = try scanner.next() {
            if case .statement(let statement) = item { statements.append(statement) }
        }
        return statements
    }
}
