/// What the name of a migration file says.
struct FileName: Hashable {
    private let name: String

    init(_ name: some StringProtocol) { self.name = String(name) }

    /// Whether it is the way back of the file of the same stem.
    var isDown: Bool { name.hasSuffix(".down.sql") }

    /// Whether it begins with a digit, as the names of numbered files do.
    var isNumbered: Bool { name.first?.isDigit == true }

    /// The name without `.sql`, `.up.sql` or `.down.sql`.
    var stem: String {
        for ending in [".up.sql", ".down.sql", ".sql"] where name.hasSuffix(ending) {
            return String(name.dropLast(ending.count))
        }
        return name
    }

    /// The digits in front, those of a date such as `2026-11-21` in one; of a name without a number what stands before "_".
    var revision: String {
        guard isNumbered else { return String(stem.prefix { $0 != "_" }) }
        return prefix.filter { $0 != "-" }
    }

    /// The stem as a revision, where numbers are not unique. The characters of targets are replaced.
    var uniqueRevision: String { String(stem.map { "@-+: ,".contains($0) ? "_" : $0 }) }

    /// The words after the revision.
    var words: String {
        let rest = stem.dropFirst(isNumbered ? prefix.count : revision.count).drop { "_-. ".contains($0) }
        return rest.isEmpty ? stem : String(rest.map { "_-".contains($0) ? " " : $0 })
    }

    private var prefix: Substring {
        if let date = stem.prefixMatch(of: /\d{4}-\d{2}-\d{2}(?!\d)/) { return stem[date.range] }
        return stem.prefix(while: \.isDigit)
    }
}

extension FileName {
    /// Byte for byte, as dbmate and `ls` in the C locale do.
    func precedesByBytes(_ other: FileName) -> Bool {
        name.utf8.lexicographicallyPrecedes(other.name.utf8)
    }

    /// With numbers read as numbers, the way people read them: 2 before 10.
    func precedesNaturally(_ other: FileName) -> Bool {
        var (left, right) = (name[...], other.name[...])
        while let first = left.first, let second = right.first {
            if first.isDigit, second.isDigit {
                let (one, two) = (takeNumber(&left), takeNumber(&right))
                if one != two { return one.count == two.count ? one < two : one.count < two.count }
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
private func takeNumber(_ text: inout Substring) -> Substring {
    let digits = text.prefix(while: \.isDigit)
    text = text.dropFirst(digits.count)
    return digits.drop { $0 == "0" }
}

extension Character {
    fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
}
