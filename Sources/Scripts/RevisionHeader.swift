import Revisions

/// What the comment at the top of a file says of its revision. The names of the lines are Alembic's.
struct RevisionHeader: Hashable, Sendable {
    var id: String?
    /// nil when there is no line "Revises:", empty when it names nothing.
    var parents: [String]?
    var labels: [String] = []
    var dependencies: [String] = []
    /// The first line of the comment that is not one of the above.
    var title: String?

    /// Whether the file tells its own place in the history.
    var isPresent: Bool { id != nil || parents != nil }

    init(of bytes: [UInt8]) {
        for line in Self.comment(of: bytes) { take(line) }
    }

    /// The lines of the comment at the top, without their dashes.
    static func comment(of bytes: [UInt8]) -> [String] {
        var rest = bytes[...]
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        var lines: [String] = []
        while let line = nextComment(&rest) { lines.append(line) }
        return lines
    }

    /// The next line without its dashes, or nil where the comment ends: at SQL, or at a section marker.
    private static func nextComment(_ rest: inout ArraySlice<UInt8>) -> String? {
        while !rest.isEmpty {
            let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
            let line = trimmed(String(decoding: rest[..<end], as: UTF8.self)[...])
            guard line.isEmpty || line.utf8.starts(with: "--".utf8) else { return nil }
            rest = rest[end...].dropFirst()
            guard !line.isEmpty else { continue }
            let comment = trimmed(line.dropFirst(2))
            return comment.utf8.starts(with: "migrate:".utf8) ? nil : String(comment)
        }
        return nil
    }

    private mutating func take(_ line: String) {
        guard let colon = line.firstIndex(of: ":") else { return takeTitle(line) }
        let value = trimmed(line[line.index(after: colon)...])
        switch line[..<colon].lowercased() {
        case "revision id": id = String(value)
        case "revises":
            parents = list(value).filter { !["none", "<base>", "base"].contains($0.lowercased()) }
        case "branch labels": labels = list(value)
        case "depends on": dependencies = list(value)
        case "create date": break
        default: takeTitle(line)
        }
    }

    private mutating func takeTitle(_ line: String) {
        if title == nil, !line.isEmpty { title = line }
    }

    private func list(_ value: Substring) -> [String] {
        value.unicodeScalars.split { $0 == "," || $0 == " " }.map { String($0) }
    }
}

/// The text without blanks at its ends.
///
/// Scalar by scalar: there may be thousands of headers, at every start, and finding whole characters takes ten times as long.
func trimmed(_ text: Substring) -> Substring {
    var scalars = text.unicodeScalars.drop(while: \.isBlank)
    while scalars.last?.isBlank == true { scalars.removeLast() }
    return Substring(scalars)
}

extension Unicode.Scalar {
    fileprivate var isBlank: Bool {
        isASCII ? value == 32 || (9...13).contains(value) : properties.isWhitespace
    }
}
