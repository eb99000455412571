/// Joins the tokens of a script to statements, and hands out line comments as they pass, for the markers among them.
struct StatementScanner {
    enum Item {
        case statement(Statement)
        case lineComment(Range<Int>)
    }

    private var lexer: Lexer
    /// The tokens of the statement that is being read, from the first to the last so far.
    private var tokens: Range<Int>?
    private var parentheses = 0
    private var body = RoutineBody()
    private var trigger = TriggerBody()

    init(_ text: SourceText, in range: Range<Int>) {
        lexer = Lexer(text, in: range)
    }

    /// Where the statement that is being read began; nil between statements.
    var start: Int? { tokens?.lowerBound }

    /// The next statement or line comment, or nil at the end.
    mutating func next() throws(SQLTextError) -> Item? {
        while let token = try lexer.next() {
            if token.kind == .lineComment { return .lineComment(token.range) }
            if token.kind != .semicolon || isInsideBody {
                add(token)
            } else if let statement = try endStatement(isTerminated: true) {
                return .statement(statement)
            }
        }
        return try endStatement(isTerminated: false).map { .statement($0) }
    }

    /// Forgets the statement that is being read, so that the next token starts another.
    mutating func reset() {
        tokens = nil
        parentheses = 0
        body = RoutineBody()
        trigger = TriggerBody()
    }

    /// Whether a `;` here ends no statement.
    private var isInsideBody: Bool {
        switch lexer.text.dialect {
        case .postgreSQL: parentheses > 0 || body.isOpen
        case .sqlite: trigger.isOpen
        }
    }

    private mutating func add(_ token: Token) {
        tokens = (tokens?.lowerBound ?? token.range.lowerBound)..<token.range.upperBound
        guard lexer.text.dialect == .postgreSQL else {
            return trigger.read(token.kind, token.kind == .word ? lexer.text.lowercased(token.range) : "")
        }
        switch token.kind {
        case .openParenthesis: parentheses += 1
        case .closeParenthesis: parentheses = max(0, parentheses - 1)
        case .word: body.read(lexer.text.bytes[token.range], inParentheses: parentheses > 0)
        default: break
        }
    }

    private mutating func endStatement(isTerminated: Bool) throws(SQLTextError) -> Statement? {
        guard let range = tokens else { return nil }
        reset()
        let kind = StatementKind.read(lexer.text, in: range)
        guard kind == .copyFromStdin else { return Statement(range: range, kind: kind, copyData: nil) }
        guard isTerminated, let rows = try lexer.skipCopyData() else {
            throw SQLTextError(.unterminatedCopyData, at: range.lowerBound, in: lexer.text)
        }
        return Statement(range: range, kind: kind, copyData: rows)
    }
}
