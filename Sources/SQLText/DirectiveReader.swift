/// Sees to it that every directive of a script is one that is carried out, before anything runs: else what was asked for would
/// silently not be done.
struct DirectiveReader {
    private let text: SourceText
    /// The first directive of those that wait for their statement.
    private var first: Range<Int>?
    private var columns: Set<Directive> = []

    init(_ text: SourceText) { self.text = text }

    /// - Parameter isInside: Whether the comment stands inside a statement.
    mutating func read(lineComment comment: Range<Int>, isInside: Bool) throws(SQLTextError) {
        guard Directive.isMeant(by: comment, in: text) else { return }
        guard text.dialect == .sqlite else { throw error(.directiveWithoutSQLite, comment) }
        guard !isInside else { throw error(.misplacedDirective, comment) }
        switch Directive(comment, in: text) {
        case .rebuild? where first == nil: first = comment
        case .column(let name)? where first != nil:
            guard columns.insert(.column(name)).inserted else {
                throw error(.repeatedColumn(name), comment)
            }
        case .column?: throw error(.misplacedDirective, comment)
        case .rebuild?, nil: throw error(.unknownDirective, comment)
        }
    }

    /// The directives are for this statement.
    mutating func read(statementIn range: Range<Int>) throws(SQLTextError) {
        guard first != nil else { return }
        var phrase = PhraseReader(text, in: range)
        guard phrase.takeAll("create", "table") else { return try end() }
        first = nil
        columns = []
    }

    /// No statement follows any more.
    func end() throws(SQLTextError) {
        if let first { throw error(.misplacedDirective, first) }
    }

    private func error(_ problem: SQLTextError.Problem, _ comment: Range<Int>) -> SQLTextError {
        SQLTextError(problem, at: comment.lowerBound, in: text)
    }
}
