/// Tells whether the tokens read so far are inside the body of a `CREATE TRIGGER`, whose statements end with `;` too.
///
/// These are the rules of `sqlite3_complete`: after CREATE [TEMP | TEMPORARY] TRIGGER, with or without EXPLAIN in front,
/// only `; END ;` ends the statement.
struct TriggerBody {
    private enum State {
        case start, explain, create, trigger, semicolon, end, anotherStatement
    }

    private var state = State.start

    /// Whether a `;` here belongs to the body.
    var isOpen: Bool { state == .trigger || state == .semicolon }

    /// Takes note of the next token; `word` is in lower case, and empty for anything but a word.
    mutating func read(_ kind: Token.Kind, _ word: String) {
        switch state {
        case .trigger, .semicolon, .end: readBody(kind, word)
        case .start where word == "explain": state = .explain
        case .explain where ["query", "plan"].contains(word): break
        case .start where word == "create", .explain where word == "create": state = .create
        case .create where ["temp", "temporary"].contains(word): break
        case .create where word == "trigger": state = .trigger
        default: state = .anotherStatement
        }
    }

    private mutating func readBody(_ kind: Token.Kind, _ word: String) {
        if kind == .semicolon {
            state = .semicolon
        } else {
            state = state == .semicolon && word == "end" ? .end : .trigger
        }
    }
}
