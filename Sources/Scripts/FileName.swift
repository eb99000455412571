/// What the name of a migration file says. There may be thousands, at every start: nothing is copied before it is asked for.
struct FileName: Hashable, Sendable {
    /// All of it.
    let text: String
    /// Whether it is the way back of the file of the same stem.
    let isDown: Bool
    /// Whether the first letter is one of Flyway's: of a version, a repeatable file, a way back or a baseline.
    let mayBeFlyway: Bool

    private let stemLength: Int
    /// How much of the stem is the revision, dashes of a date included.
    private let prefixLength: Int
    private let isDated: Bool

    init(_ text: String) {
        self.text = text
        let name = text.utf8
        mayBeFlyway = name.first.map(Self.isFlywayLetter) ?? false
        isDown = name.isEnding(in: ".down.sql")
        let isUp = name.isEnding(in: ".up.sql")
        let ending = isDown ? ".down.sql" : isUp ? ".up.sql" : name.isEnding(in: ".sql") ? ".sql" : ""
        let stem = name.dropLast(ending.utf8.count)
        stemLength = stem.count
        isDated = Self.hasDate(stem)
        prefixLength = isDated ? Self.date.count : Self.prefix(of: stem).count
    }

    /// The name without `.sql`, `.up.sql` or `.down.sql`.
    var stem: String { String(decoding: text.utf8.prefix(stemLength), as: UTF8.self) }

    /// The digits in front, those of a date such as `2026-11-21` in one; of a name without a number what stands before "_".
    var revision: String { isDated ? prefix.filter { $0 != "-" } : prefix }

    /// What the revision is read from, as it is written: `0011`, `2026-11-21`, `V1`.
    var prefix: String { String(decoding: text.utf8.prefix(prefixLength), as: UTF8.self) }

    /// What stands between that and the words.
    var separator: String {
        let rest = text.utf8.prefix(stemLength).dropFirst(prefixLength)
        return String(decoding: rest.prefix { Self.separators.contains($0) }, as: UTF8.self)
    }

    /// Whether it begins with a number, or with Flyway's `V` and one.
    var isNumbered: Bool {
        let start = text.utf8.first == UInt8(ascii: "V") ? text.utf8.dropFirst() : text.utf8[...]
        return start.first?.isDigit == true
    }

    /// The stem as a revision, where numbers are not unique. The characters of targets are replaced.
    var uniqueRevision: String { String(stem.map { "@-+: ,".contains($0) ? "_" : $0 }) }

    /// The revision, or the whole stem where other names begin with the same.
    func revision(besides shared: Set<String>) -> String {
        let revision = revision
        return shared.contains(revision) ? uniqueRevision : revision
    }

    /// The words after the revision.
    var words: String {
        let rest = stem.utf8.dropFirst(prefixLength).drop { Self.separators.contains($0) }
        return rest.isEmpty ? stem : String(decoding: rest.map(blank), as: UTF8.self)
    }

    private static let separators = Array("_-. ".utf8)
    private static let date = Array("dddd-dd-dd".utf8)

    private static func isFlywayLetter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "V"), UInt8(ascii: "R"), UInt8(ascii: "U"), UInt8(ascii: "B"): true
        default: false
        }
    }

    private static func prefix(of stem: Substring.UTF8View) -> Substring.UTF8View {
        stem.first?.isDigit == true
            ? stem.prefix(while: \.isDigit) : stem.prefix { $0 != UInt8(ascii: "_") }
    }

    /// Whether a date such as `2026-11-21` stands in front that no further digit follows.
    private static func hasDate(_ stem: Substring.UTF8View) -> Bool {
        guard stem.dropFirst(4).first == UInt8(ascii: "-"), stem.count >= date.count else { return false }
        return zip(stem, date).allSatisfy { $1 == UInt8(ascii: "d") ? $0.isDigit : $0 == $1 }
            && stem.dropFirst(date.count).first?.isDigit != true
    }
}

private func blank(_ byte: UInt8) -> UInt8 {
    byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") ? UInt8(ascii: " ") : byte
}

extension String.UTF8View {
    fileprivate func isEnding(in end: StaticString) -> Bool {
        let (bytes, length) = (span, end.utf8CodeUnitCount)
        return bytes.count >= length
            && end.withUTF8Buffer { end in
                end.indices.allSatisfy { unsafe bytes[bytes.count - length + $0] == end[$0] }
            }
    }
}

extension UInt8 {
    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
