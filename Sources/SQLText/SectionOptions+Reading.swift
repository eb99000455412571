extension SectionOptions {
    /// Reads the words behind a marker. dbmate drops what it does not know; here a slip of the pen is an error.
    init(reading words: MarkerWords, in text: SourceText) throws(SQLTextError) {
        self.init()
        for word in words {
            if let problem = set(text.string(in: word)) {
                throw SQLTextError(problem, at: word.lowerBound, in: text)
            }
        }
    }

    private mutating func set(_ word: String) -> SQLTextError.Problem? {
        guard let colon = word.firstIndex(of: ":") else { return .unknownOption(word) }
        let name = String(word[..<colon])
        let value = String(word[word.index(after: colon)...])
        return switch name {
        case "transaction": set(\.transaction, to: Bool(value), name, value)
        case "lock_timeout": set(\.lockTimeout, to: Duration(timeout: value), name, value)
        case "statement_timeout": set(\.statementTimeout, to: Duration(timeout: value), name, value)
        default: .unknownOption(word)
        }
    }

    private mutating func set<Value>(
        _ option: WritableKeyPath<SectionOptions, Value?>,
        to value: Value?,
        _ name: String,
        _ spelling: String
    ) -> SQLTextError.Problem? {
        guard let value else { return .badOptionValue(name: name, value: spelling) }
        guard self[keyPath: option] == nil else { return .repeatedOption(name) }
        self[keyPath: option] = value
        return nil
    }
}
