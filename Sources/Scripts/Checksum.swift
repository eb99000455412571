import Digests

/// What tells whether a file was edited: SHA-256 over its text, blind to what editors and checkouts change on their own.
///
/// A byte order mark, CR before LF, blanks at line ends and empty lines at the end of the file do not count.
package enum Checksum {
    /// 64 hexadecimal digits.
    package static func of(_ bytes: [UInt8]) -> String {
        SHA256.digest(of: normalized(bytes)).span.hex
    }

    /// Does now what the first checksum, or login, would wait for: OpenSSL's own preparations.
    package static func prepare() { _ = SHA256.digest(of: []) }

    static func normalized(_ bytes: [UInt8]) -> [UInt8] {
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        return [UInt8](capacity: bytes.count) { result in
            for byte in bytes[start...] {
                if byte == UInt8(ascii: "\n") { dropLast(of: &result, while: isBlank) }
                result.append(byte)
            }
            dropLast(of: &result) { isBlank($0) || $0 == UInt8(ascii: "\n") }
        }
    }

    private static func dropLast(of text: inout OutputSpan<UInt8>, while isDropped: (UInt8) -> Bool) {
        while !text.isEmpty, isDropped(text[text.count - 1]) { text.removeLast(1) }
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
    }
}
