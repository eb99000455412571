/// Reads the leading keywords and names of a statement that has been lexed before, one token ahead.
struct PhraseReader {
    private var lexer: Lexer
    private var token: Token?

    init(_ text: SourceText, in range: Range<Int>) {
        lexer = Lexer(text, in: range)
        advance()
    }

    /// Whether the statement ends here.
    var isAtEnd: Bool { token == nil }

    /// The keyword at this place in lower case; empty when something else stands here.
    var keyword: String {
        guard let token, token.kind == .word else { return "" }
        return String(decoding: lexer.text.bytes[token.range].lazy.map(\.lowercased), as: UTF8.self)
    }

    /// Steps over `keyword` (in lower case) if it stands here.
    mutating func take(_ keyword: String) -> Bool {
        guard let token, token.kind == .word, token.range.count == keyword.utf8.count,
            lexer.text.bytes[token.range].lazy.map(\.lowercased).elementsEqual(keyword.utf8)
        else { return false }
        advance()
        return true
    }

    /// Steps over all of these keywords, or over none.
    mutating func takeAll(_ keywords: String...) -> Bool {
        var ahead = self
        for keyword in keywords where !ahead.take(keyword) { return false }
        self = ahead
        return true
    }

    /// Steps over one of these keywords, if one stands here.
    mutating func takeOne(of keywords: String...) -> Bool {
        keywords.contains { take($0) }
    }

    /// Steps over one character that is a token of its own.
    mutating func take(symbol: Character) -> Bool {
        guard let token, token.kind != .word, token.range.count == 1,
            lexer.text.bytes[token.range.lowerBound] == symbol.asciiValue
        else { return false }
        advance()
        return true
    }

    /// Steps over `( … )` if it starts here, and says whether `keyword` stood inside.
    @discardableResult
    mutating func takeParentheses(containing keyword: String = "") -> Bool {
        guard token?.kind == .openParenthesis else { return false }
        var depth = 0
        var found = false
        repeat {
            if token?.kind == .openParenthesis { depth += 1 }
            if token?.kind == .closeParenthesis { depth -= 1 }
            found = found || (!keyword.isEmpty && self.keyword == keyword)
            advance()
        } while depth > 0 && !isAtEnd
        return found
    }

    /// Whether one of these keywords stands anywhere from here on.
    func contains(oneOf keywords: String...) -> Bool {
        var ahead = self
        while !ahead.isAtEnd {
            if keywords.contains(ahead.keyword) { return true }
            ahead.advance()
        }
        return false
    }

    /// `[schema.]name`; of a longer name the last two parts.
    mutating func takeQualifiedName() -> QualifiedName? {
        guard var name = takeIdentifier() else { return nil }
        var schema: String?
        while take(symbol: ".") {
            guard let next = takeIdentifier() else { return nil }
            (schema, name) = (name, next)
        }
        return QualifiedName(schema: schema, name: name)
    }

    private mutating func takeIdentifier() -> String? {
        guard let token, let name = Identifier.name(lexer.text.bytes[token.range], kind: token.kind) else {
            return nil
        }
        advance()
        return name
    }

    private mutating func advance() {
        repeat {
            // What was lexed once cannot fail the second time.
            token = try? lexer.next()
        } while token?.kind == .lineComment
    }
}
