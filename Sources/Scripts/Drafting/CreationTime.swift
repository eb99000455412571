import FoundationEssentials

/// A moment in UTC, to the second, as headers and file names write it.
package struct CreationTime: Sendable, Hashable, Comparable {
    /// Since the beginning of 1970.
    private let seconds: Int

    package init(seconds: Int) { self.seconds = seconds }

    /// This moment.
    package static var now: CreationTime { CreationTime(seconds: Int(Date.now.timeIntervalSince1970)) }

    package static func < (left: CreationTime, right: CreationTime) -> Bool { left.seconds < right.seconds }

    /// Reads `20261121030000`, or a day alone; nil for digits that are no date.
    init?(digits: String) {
        var text = digits.utf8.count == 8 ? digits + "000000" : digits
        guard text.utf8.count == 14, text.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        let whole = text
        for (offset, separator) in [(4, "-"), (7, "-"), (10, "T"), (13, ":"), (16, ":"), (19, "Z")] {
            text.insert(contentsOf: separator, at: text.index(text.startIndex, offsetBy: offset))
        }
        guard let date = try? Date(text, strategy: .iso8601) else { return nil }
        seconds = Int(date.timeIntervalSince1970)
        // Foundation may make the first of a 31st that there is not.
        guard self.digits == whole else { return nil }
    }

    /// `20261121030000`
    var digits: String { iso8601.filter(\.isNumber) }

    /// `2026-11-21`
    var day: String { String(iso8601.prefix(10)) }

    func adding(_ more: Int) -> CreationTime { CreationTime(seconds: seconds + more) }

    /// `2026-11-21T03:00:00Z`
    private var iso8601: String { Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601) }
}

extension CreationTime: CustomStringConvertible {
    /// `2026-11-21 03:00:00+00:00`
    package var description: String { "\(day) \(iso8601.dropFirst(11).dropLast())+00:00" }
}
