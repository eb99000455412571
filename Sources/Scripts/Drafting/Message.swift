import SQLText

/// What a person says of a new revision: one line, or a title and more.
struct Message: Hashable {
    /// At least one, the first one not blank.
    private let words: [String]

    private init(line: String) { words = [line] }

    /// What is said of a revision that nobody has said anything of.
    static let untitled = Message(line: "New revision")

    /// The same of one that joins others.
    static func merge(of parents: [String]) -> Message {
        Message(line: "Merge \(parents.joined(separator: ", "))")
    }

    /// nil for a text without a visible character.
    init?(_ text: String) {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(Self.clean)
        let visible = lines.drop(while: \.isEmpty)
        guard let last = visible.lastIndex(where: { !$0.isEmpty }) else { return nil }
        words = Array(visible[...last])
    }

    /// The words of a file name: letters, digits and "_", in lower case, never empty.
    var slug: String { Self.slug(of: words[0]) }

    /// Its lines as comments. What the header, the sections, the SQLite driver or, in a file without markers, another
    /// tool would take for more than words stands in quotes.
    func lines(besideMarkers hasMarkers: Bool) -> [String] {
        words.map { line in
            let comment = "-- \(line)"
            let isPlain =
                RevisionHeader(of: comment.utf8.span).title == line && !line.hasPrefix("apus:")
                && (try? Script.parse(
                    SourceText(Array("\(hasMarkers ? "-- migrate:up\n" : "")\(comment)\nSELECT 1;".utf8))
                )) != nil
            return isPlain || line.isEmpty ? line : "\"\(line)\""
        }
    }

    /// Control characters as blanks, and none at the ends.
    private static func clean(_ line: Substring) -> String {
        let scalars = line.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }
        return String(trimmed(Substring(String(String.UnicodeScalarView(scalars)))))
    }
}

extension Message {
    /// Counted in scalars, of which each is four bytes at most: a file name has room for 255.
    private static let slugLimit = 40

    /// Alembic's rule: whole words up to 40 characters. Letters of every script stay.
    private static func slug(of title: String) -> String {
        let words = title.lowercased().unicodeScalars.split { !isWordScalar($0) }
            .map { String(String.UnicodeScalarView($0.drop { isMark($0) })) }.filter { !$0.isEmpty }
        guard var slug = words.first else { return "revision" }
        for word in words.dropFirst() {
            guard slug.unicodeScalars.count + word.unicodeScalars.count < slugLimit else { break }
            slug += "_\(word)"
        }
        return String(String.UnicodeScalarView(slug.unicodeScalars.prefix(slugLimit)))
    }

    private static func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .decimalNumber, .letterNumber:
            true
        default: isMark(scalar)
        }
    }

    /// What belongs to the letter before it: accents, and the vowels of many scripts.
    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        [.nonspacingMark, .spacingMark].contains(scalar.properties.generalCategory)
    }
}
