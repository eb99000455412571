import FoundationEssentials

/// Names for runs that sort by the time they were made.
package enum RunID {
    /// 26 characters: 48 bits of milliseconds and 80 of chance, in Crockford's base 32 (the ULID format).
    package static func make() -> String {
        let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
        var time = UInt64(Date.now.timeIntervalSince1970 * 1000)
        var digits: [Character] = []
        for _ in 0..<10 {
            digits.append(alphabet[Int(time % 32)])
            time /= 32
        }
        let chance = (0..<16).map { _ in alphabet[Int.random(in: 0..<32)] }
        return String(digits.reversed() + chance)
    }
}
