import Revisions

/// What the comment at the top of a file says of its revision. The names of the lines are Alembic's.
///
/// It is read byte by byte: there may be thousands of headers, at every start.
struct RevisionHeader: Hashable, Sendable {
    var id: String?
    /// nil when there is no line "Revises:", empty when it names nothing.
    var parents: [Revision.ID]?
    var labels: [String] = []
    var dependencies: [String] = []
    /// The first line of the comment that is not one of the above.
    var title: String?

    /// Whether the file tells its own place in the history.
    var isPresent: Bool { id != nil || parents != nil }

    init(of bytes: Span<UInt8>) {
        var position = Self.start(of: bytes)
        while let line = Self.nextComment(in: bytes, &position) { take(line, of: bytes) }
        // "Depends on: the users table" in a file without a header is prose.
        if !isPresent { (labels, dependencies) = ([], []) }
    }

    /// The lines of the comment at the top, without their dashes.
    static func comment(of bytes: Span<UInt8>) -> [String] {
        var position = start(of: bytes)
        var lines: [String] = []
        while let line = nextComment(in: bytes, &position) { lines.append(bytes.text(in: line)) }
        return lines
    }

    /// Behind a byte order mark.
    private static func start(of bytes: Span<UInt8>) -> Int {
        bytes.has("\u{FEFF}", at: bytes.indices) ? 3 : 0
    }

    /// The next line without its dashes, or nil where the comment ends: at SQL, or at a section marker.
    private static func nextComment(in bytes: Span<UInt8>, _ position: inout Int) -> Range<Int>? {
        while position < bytes.count {
            let end = bytes.first(UInt8(ascii: "\n"), in: position..<bytes.count) ?? bytes.count
            let line = bytes.withoutBlanks(position..<end)
            guard line.isEmpty || bytes.has("--", at: line) else { return nil }
            position = end + 1
            guard !line.isEmpty else { continue }
            let comment = bytes.withoutBlanks(line.dropFirst(2))
            return bytes.has("migrate:", at: comment) ? nil : comment
        }
        return nil
    }

    private mutating func take(_ line: Range<Int>, of bytes: Span<UInt8>) {
        guard let colon = bytes.first(UInt8(ascii: ":"), in: line) else {
            return takeTitle(line, of: bytes)
        }
        let value = colon + 1..<line.upperBound
        switch Field(line.lowerBound..<colon, of: bytes) {
        case .id: id = bytes.text(in: bytes.withoutBlanks(value))
        case .parents:
            parents = bytes.words(in: value).compactMap { isNone($0) ? nil : Revision.ID(rawValue: $0) }
        case .labels: labels = bytes.words(in: value)
        case .dependencies: dependencies = bytes.words(in: value)
        case .created: break
        case nil: takeTitle(line, of: bytes)
        }
    }

    private mutating func takeTitle(_ line: Range<Int>, of bytes: Span<UInt8>) {
        if title == nil, !line.isEmpty { title = bytes.text(in: line) }
    }
}

/// Whether the word says that there is no parent.
private func isNone(_ word: String) -> Bool {
    word.utf8.count <= 6 && ["none", "<base>", "base"].contains(word.lowercased())
}

/// What a line of a header tells.
private enum Field: CaseIterable {
    case id, parents, labels, dependencies, created

    private var name: StaticString {
        switch self {
        case .id: "revision id"
        case .parents: "revises"
        case .labels: "branch labels"
        case .dependencies: "depends on"
        case .created: "create date"
        }
    }

    /// nil for a line that tells nothing of the kind.
    init?(_ name: Range<Int>, of bytes: Span<UInt8>) {
        for field in Self.allCases where field.name.utf8CodeUnitCount == name.count {
            guard bytes.has(field.name, at: name, lowercased: true) else { continue }
            self = field
            return
        }
        return nil
    }
}

extension Span<UInt8> {
    fileprivate func first(_ byte: UInt8, in range: Range<Int>) -> Int? {
        for position in range where self[position] == byte { return position }
        return nil
    }

    /// Whether the range begins with the text.
    fileprivate func has(_ text: StaticString, at range: Range<Int>, lowercased: Bool = false) -> Bool {
        guard range.count >= text.utf8CodeUnitCount else { return false }
        return text.withUTF8Buffer { text in
            for place in text.indices {
                let byte = self[range.lowerBound + place]
                guard unsafe (lowercased ? byte.lowercased : byte) == text[place] else { return false }
            }
            return true
        }
    }

    fileprivate func withoutBlanks(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, self[start].isBlank { start += 1 }
        while start < end, self[end - 1].isBlank { end -= 1 }
        let isPlain = start == end || (self[start] < 128 && self[end - 1] < 128)
        return isPlain ? start..<end : withoutWideBlanks(start..<end)
    }

    /// Without blanks beyond ASCII, such as those of a web page that a header was copied from.
    private func withoutWideBlanks(_ range: Range<Int>) -> Range<Int> {
        let text = text(in: range)
        guard text.utf8.count == range.count else { return range }
        let inner = trimmed(text[...])
        let start = range.lowerBound + text.utf8.distance(from: text.startIndex, to: inner.startIndex)
        return start..<start + inner.utf8.count
    }

    fileprivate func text(in range: Range<Int>) -> String {
        unsafe extracting(range).withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    }

    /// What commas and blanks separate.
    fileprivate func words(in range: Range<Int>) -> [String] {
        var words: [String] = []
        var start = range.lowerBound
        for position in range where self[position] == UInt8(ascii: ",") || self[position].isBlank {
            if start < position { words.append(text(in: start..<position)) }
            start = position + 1
        }
        if start < range.upperBound { words.append(text(in: start..<range.upperBound)) }
        return words
    }
}

extension UInt8 {
    fileprivate var isBlank: Bool { self == 32 || (9...13).contains(self) }

    fileprivate var lowercased: UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self + 32 : self
    }
}

/// The text without blanks at its ends.
func trimmed(_ text: Substring) -> Substring {
    var scalars = text.unicodeScalars.drop(while: \.properties.isWhitespace)
    while scalars.last?.properties.isWhitespace == true { scalars.removeLast() }
    return Substring(scalars)
}
