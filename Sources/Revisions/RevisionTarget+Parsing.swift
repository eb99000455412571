extension RevisionTarget {
    /// The first character of a name that could not be written in a target.
    static func reservedCharacter(in name: String) -> Character? {
        let bytes = name.utf8.span
        return bytes.indices.first { isReserved(bytes[$0]) }.map { Character(Unicode.Scalar(bytes[$0])) }
    }

    /// Whether a name is a word of targets and headers, which never look for a revision or label of that name.
    static func isWord(_ name: String) -> Bool {
        guard name.utf8.count <= 5 else { return false }
        return ["head", "heads"].contains(name) || ["base", "none"].contains(name.lowercased())
    }

    /// The characters that have a meaning in targets, headers and ranges.
    private static func isReserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "@"), UInt8(ascii: "-"), UInt8(ascii: "+"),
            UInt8(ascii: ":"), UInt8(ascii: ","):
            true
        default: false
        }
    }

    /// Reads `[label@][place][+N|-N]`.
    ///
    /// Stricter than Alembic's pattern, which is matched at the start of the text only: whatever follows the number there
    /// is ignored, and in `2024-01` the year is a revision.
    ///
    /// - Throws: `RevisionError.malformedTarget`.
    package init(parsing text: String) throws(RevisionError) {
        guard let target = Self.read(text) else { throw .malformedTarget(text) }
        self = target
    }

    private static func read(_ text: String) -> RevisionTarget? {
        let sides = text.split(separator: "@", omittingEmptySubsequences: false)
        guard let point = sides.last, sides.count <= 2 else { return nil }
        let branch = sides.count == 2 ? String(sides[0]) : nil
        if let branch, !isName(branch) { return nil }
        guard let sign = point.firstIndex(where: { $0 == "+" || $0 == "-" }) else {
            return place(point).map { .place($0, on: branch) }
        }
        guard let count = steps(point[sign...]) else { return nil }
        if sign == point.startIndex { return count == 0 ? nil : .stepsFromHere(count, on: branch) }
        return place(point[..<sign]).map { .steps(count, from: $0, on: branch) }
    }

    private static func steps(_ text: Substring) -> Int? {
        let digits = text.dropFirst()
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        // Of the lowest number there is no opposite.
        return Int(text).flatMap { $0 == .min ? nil : $0 }
    }

    private static func place(_ text: Substring) -> Place? {
        switch text {
        case "head": .head
        case "heads": .heads
        case "base": .base
        default: text.isEmpty || reservedCharacter(in: String(text)) != nil ? nil : .named(String(text))
        }
    }

    /// Whether the text can stand before the "@": a label or a revision, not a symbol.
    private static func isName(_ text: String) -> Bool {
        if case .named = place(text[...]) { true } else { false }
    }
}
