/// What the name of a migration file says. It is read once, byte by byte: there may be thousands, at every start.
struct FileName: Hashable, Sendable {
    /// The name without `.sql`, `.up.sql` or `.down.sql`.
    let stem: String
    /// The digits in front, those of a date such as `2026-11-21` in one; of a name without a number what stands before "_".
    let revision: String

    private let name: [UInt8]
    /// How much of the stem is the revision, dashes of a date included.
    private let prefixLength: Int

    init(_ name: some StringProtocol) {
        self.name = Array(name.utf8)
        let stem = Self.stem(of: self.name)
        let prefix = Self.prefix(of: stem)
        let digits = stem.first?.isDigit == true ? prefix.filter(\.isDigit)[...] : prefix
        self.stem = String(decoding: stem, as: UTF8.self)
        revision = String(decoding: digits, as: UTF8.self)
        prefixLength = prefix.count
    }

    /// What the revision is read from, as it is written: `0011`, `2026-11-21`, `V1`.
    var prefix: String { String(decoding: stem.utf8.prefix(prefixLength), as: UTF8.self) }

    /// What stands between that and the words.
    var separator: String {
        let rest = stem.utf8.dropFirst(prefixLength)
        return String(decoding: rest.prefix { Self.separators.contains($0) }, as: UTF8.self)
    }

    /// Whether it is the way back of the file of the same stem.
    var isDown: Bool { Self.down.isEnd(of: name) }

    /// Whether it begins with a digit, as the names of numbered files do.
    var isNumbered: Bool { name.first?.isDigit == true }

    /// The stem as a revision, where numbers are not unique. The characters of targets are replaced.
    var uniqueRevision: String { String(stem.map { "@-+: ,".contains($0) ? "_" : $0 }) }

    /// The words after the revision.
    var words: String {
        let rest = stem.utf8.dropFirst(prefixLength).drop { Self.separators.contains($0) }
        return rest.isEmpty ? stem : String(decoding: rest.map(blank), as: UTF8.self)
    }

    private static let separators = Array("_-. ".utf8)
    private static let down = Array(".down.sql".utf8)
    private static let endings = [Array(".up.sql".utf8), down, Array(".sql".utf8)]

    private static func stem(of name: [UInt8]) -> ArraySlice<UInt8> {
        name.dropLast(endings.first { $0.isEnd(of: name) }?.count ?? 0)
    }

    private static func prefix(of stem: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard stem.first?.isDigit == true else { return stem.prefix { $0 != UInt8(ascii: "_") } }
        return date(in: stem) ?? stem.prefix(while: \.isDigit)
    }

    /// A date such as `2026-11-21` in front that no further digit follows.
    private static func date(in stem: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        let shape = "dddd-dd-dd".utf8
        let front = stem.prefix(shape.count)
        guard front.count == shape.count, stem.dropFirst(shape.count).first?.isDigit != true else {
            return nil
        }
        let isDate = zip(front, shape).allSatisfy { $1 == UInt8(ascii: "d") ? $0.isDigit : $0 == $1 }
        return isDate ? front : nil
    }
}

extension FileName {
    /// Byte for byte, as dbmate and `ls` in the C locale do.
    func precedesByBytes(_ other: FileName) -> Bool {
        name.lexicographicallyPrecedes(other.name)
    }

    /// With numbers read as numbers, the way people read them: 2 before 10.
    func precedesNaturally(_ other: FileName) -> Bool {
        var (left, right) = (name[...], other.name[...])
        while let first = left.first, let second = right.first {
            if first.isDigit, second.isDigit {
                let (one, two) = (takeNumber(&left), takeNumber(&right))
                guard one.elementsEqual(two) else {
                    return one.count == two.count ? one.lexicographicallyPrecedes(two) : one.count < two.count
                }
            } else {
                if first != second { return precedesByBytes(other) }
                left.removeFirst()
                right.removeFirst()
            }
        }
        return left.isEmpty && !right.isEmpty
    }
}

/// Digits without leading zeros.
private func takeNumber(_ text: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let digits = text.prefix(while: \.isDigit)
    text = text.dropFirst(digits.count)
    return digits.drop { $0 == UInt8(ascii: "0") }
}

private func blank(_ byte: UInt8) -> UInt8 {
    byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") ? UInt8(ascii: " ") : byte
}

extension [UInt8] {
    fileprivate func isEnd(of name: [UInt8]) -> Bool { name.suffix(count).elementsEqual(self) }
}

extension UInt8 {
    fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
