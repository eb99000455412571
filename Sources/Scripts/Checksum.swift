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
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var lastVisible = 0
        for byte in bytes[start...] {
            switch byte {
            case UInt8(ascii: "\n"):
                result.removeSubrange(lastVisible...)
                result.append(byte)
                lastVisible = result.count
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
                result.append(byte)
            default:
                result.append(byte)
                lastVisible = result.count
            }
        }
        result.removeSubrange(lastVisible...)
        while result.last == UInt8(ascii: "\n") { result.removeLast() }
        return result
    }
}
