/// One lexical element of a script: what it is and where it stands.
struct Token {
    enum Kind {
        /// A keyword or an unquoted identifier.
        case word
        /// `"…"` or `U&"…"`.
        case quotedIdentifier
        /// Any string constant, dollar-quoted ones included.
        case string
        case number
        case semicolon
        case openParenthesis
        case closeParenthesis
        /// One byte of anything else; an operator of several characters is several of these.
        case symbol
        /// `-- …`, without its line end.
        case lineComment
    }

    let kind: Kind
    let range: Range<Int>
}
