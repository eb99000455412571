/// A line comment that the SQLite driver reads: `-- apus:rebuild TABLE`, `-- apus:column NAME = EXPRESSION`.
///
/// It belongs to the statement below it, so that statement begins with it.
enum Directive {
    static func isOne(_ comment: Range<Int>, in text: SourceText) -> Bool {
        guard text.dialect == .sqlite else { return false }
        let words = text.bytes[comment].dropFirst(2).drop(while: \.isSpace)
        return words.starts(with: Array("apus:".utf8))
    }
}
