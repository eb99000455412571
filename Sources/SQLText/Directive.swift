/// A line comment that the SQLite driver reads: `-- apus:rebuild TABLE`, `-- apus:column NAME = EXPRESSION`.
///
/// It belongs to the statement below it, so that statement begins with it.
enum Directive: Hashable {
    case rebuild
    /// The name in lower case and without its quotes.
    case column(String)

    /// nil when the line cannot be read.
    init?(_ comment: Range<Int>, in text: SourceText) {
        guard Self.isOne(comment, in: text) else { return nil }
        let line = text.string(in: comment).drop { $0 != ":" }.dropFirst()
        let words = line.split(maxSplits: 1, whereSeparator: \.isWhitespace)
        switch (words.first, words.dropFirst().first?.drop(while: \.isWhitespace) ?? "") {
        case ("rebuild", let table) where !table.isEmpty: self = .rebuild
        case ("column", let value):
            let sides = value.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = sides[0].filter { !$0.isWhitespace && !"\"`[]".contains($0) }
            guard sides.count == 2, !name.isEmpty, sides[1].contains(where: { !$0.isWhitespace }) else {
                return nil
            }
            // As SQLite has it: Ä and ä are two columns.
            self = .column(String(decoding: name.utf8.map(\.lowercased), as: UTF8.self))
        default: return nil
        }
    }

    static func isOne(_ comment: Range<Int>, in text: SourceText) -> Bool {
        guard text.dialect == .sqlite else { return false }
        let words = text.bytes[comment].dropFirst(2).drop(while: \.isSpace)
        return words.starts(with: Array("apus:".utf8)) && words.dropFirst(5).first?.isLetter == true
    }

    /// Whether a comment, of whatever kind, is one or is meant to be: "apus: a word" in prose is not.
    static func isMeant(by comment: Range<Int>, in text: SourceText) -> Bool {
        let blanks: (UInt8) -> Bool = { $0.isSpace || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "*") }
        let words = text.bytes[comment].dropFirst(2).drop(while: blanks)
        guard words.prefix(4).map(\.lowercased) == Array("apus".utf8) else { return false }
        let colon = words.dropFirst(4).drop(while: \.isSpace)
        guard colon.first == UInt8(ascii: ":") else { return false }
        let name = colon.dropFirst().drop(while: \.isSpace).prefix(while: \.isLetter).map(\.lowercased)
        let isGlued = words.dropFirst(5).first?.isLetter == true && words.dropFirst(4).first == colon.first
        return isGlued || ["rebuild", "column"].contains { Array($0.utf8) == name }
    }
}
