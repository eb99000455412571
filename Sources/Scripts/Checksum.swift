import Digests

/// What tells whether a file was edited: SHA-256 over its text, blind to what editors and checkouts change on their own.
///
/// A byte order mark, CR before LF, blanks at line ends and empty lines at the end of the file do not count.
package enum Checksum {
    /// 64 hexadecimal digits.
    package static func of(_ bytes: [UInt8]) -> String {
        SHA256.digest(of: normalized(bytes)).hex
    }

    static func normalized(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + 1)
        var rest = bytes[...]
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        while !rest.isEmpty {
            var line = rest.prefix { $0 != UInt8(ascii: "\n") }
            rest = rest[line.endIndex...].dropFirst()
            while let last = line.last, isBlank(last) { line.removeLast() }
            result += line
            result.append(UInt8(ascii: "\n"))
        }
        while result.last == UInt8(ascii: "\n") { result.removeLast() }
        return result
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
    }
}
