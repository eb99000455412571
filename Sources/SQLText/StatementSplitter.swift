/// Cuts a script into statements where psql would.
package enum StatementSplitter {
    /// The statements in `range`, in order. Empty ones are left out; the last may lack its `;`.
    package static func split(_ text: SourceText, in range: Range<Int>) throws(SQLTextError) -> [Statement] {
        try text.check(in: range)
        var scanner = StatementScanner(text, in: range)
        var statements: [Statement] = []
        var directive: Int?
        while let item = try scanner.next() {
            switch item {
            case .statement(let statement):
                statements.append(statement.beginning(at: directive))
                directive = nil
            case .lineComment(let comment):
                guard scanner.start == nil, Directive.isOne(comment, in: text) else { continue }
                directive = directive ?? comment.lowerBound
            }
        }
        return statements
    }
}
