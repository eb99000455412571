/// The name that comes after the last one in a directory without headers, in the style of that one.
struct NextFileName {
    /// Without an ending.
    let stem: String

    /// - Parameters:
    ///   - prefix: What the revision is to be read from; nil counts on from the last one.
    ///   - slug: The words.
    /// - Returns: nil when the last name has no number to count on from.
    init?(after last: FileName, prefix: String?, slug: String, at time: CreationTime) {
        guard let prefix = prefix ?? Self.prefix(after: last.prefix, at: time) else { return nil }
        stem = prefix + (last.separator.isEmpty ? "_" : last.separator) + slug
    }

    /// What the revision of the name is.
    var revision: String { FileName("\(stem).sql").revision }

    /// Times and days go on at the present, but never before the last one; numbers with the next one, as wide.
    private static func prefix(after last: String, at time: CreationTime) -> String? {
        let digits = last.filter { $0 != "-" }
        if let previous = CreationTime(digits: digits) {
            guard digits.utf8.count == 8 else { return max(time, previous.adding(1)).digits }
            let day = max(time, previous.adding(24 * 60 * 60)).day
            return last.contains("-") ? day : day.filter { $0 != "-" }
        }
        let number = String(last.reversed().prefix { $0.isASCII && $0.isNumber }.reversed())
        return number.isEmpty ? nil : last.dropLast(number.count) + incremented(number)
    }

    /// Digit by digit: a number may be longer than an integer.
    private static func incremented(_ number: String) -> String {
        let nines = number.reversed().prefix { $0 == "9" }.count
        let zeros = String(repeating: "0", count: nines)
        let rest = number.dropLast(nines)
        guard let digit = rest.last?.wholeNumberValue else { return "1\(zeros)" }
        return "\(rest.dropLast())\(digit + 1)\(zeros)"
    }
}
