/// Reads a JSON array that holds strings and nothing else (RFC 8259).
enum JSONStrings {
    static func parse(_ text: String) throws(ArgumentError) -> [String] {
        var reader = Reader(text)
        return try reader.array()
    }
}

private struct Reader {
    private let scalars: [Unicode.Scalar]
    private var index = 0

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    mutating func array() throws(ArgumentError) -> [String] {
        var strings: [String] = []
        skipSpace()
        try expect("[")
        skipSpace()
        if peek != "]" {
            repeat { strings.append(try element()) } while take(",")
        }
        try expect("]")
        skipSpace()
        guard peek == nil else { throw wrong }
        return strings
    }

    private mutating func element() throws(ArgumentError) -> String {
        skipSpace()
        let string = try string()
        skipSpace()
        return string
    }

    private mutating func string() throws(ArgumentError) -> String {
        try expect("\"")
        var string = String.UnicodeScalarView()
        while !take("\"") {
            guard let scalar = peek, scalar.value >= 0x20 else { throw wrong }
            index += 1
            string.append(scalar == "\\" ? try escaped() : scalar)
        }
        return String(string)
    }

    private mutating func escaped() throws(ArgumentError) -> Unicode.Scalar {
        guard let scalar = peek else { throw wrong }
        let meanings: [Unicode.Scalar: Unicode.Scalar] = [
            "\"": "\"", "\\": "\\", "/": "/", "b": "\u{8}", "f": "\u{C}", "n": "\n", "r": "\r", "t": "\t",
        ]
        if let meaning = meanings[scalar] {
            index += 1
            return meaning
        }
        try expect("u")
        return try codePoint()
    }

    /// What follows `\u`: four digits, or a surrogate and the second half of its pair.
    private mutating func codePoint() throws(ArgumentError) -> Unicode.Scalar {
        let first = try fourDigits()
        if let scalar = Unicode.Scalar(first) { return scalar }
        try expect("\\")
        try expect("u")
        let second = try fourDigits()
        guard UTF16.isLeadSurrogate(UInt16(first)), (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw wrong }
        return scalar
    }

    private mutating func fourDigits() throws(ArgumentError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let scalar = peek, scalar.isASCII, let digit = Character(scalar).hexDigitValue else {
                throw wrong
            }
            value = value << 4 | UInt32(digit)
            index += 1
        }
        return value
    }

    private var peek: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

    private var wrong: ArgumentError { .notAnArrayOfStrings(column: index + 1) }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek == scalar else { return false }
        index += 1
        return true
    }

    private mutating func expect(_ scalar: Unicode.Scalar) throws(ArgumentError) {
        guard take(scalar) else { throw wrong }
    }

    private mutating func skipSpace() {
        while let scalar = peek, " \t\n\r".unicodeScalars.contains(scalar) { index += 1 }
    }
}
