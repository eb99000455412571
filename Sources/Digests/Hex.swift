extension [UInt8] {
    /// Two lower-case hexadecimal digits for each byte.
    package var hex: String {
        String(unsafeUninitializedCapacity: count * 2) { text in
            for (position, byte) in enumerated() {
                text.initializeElement(at: position * 2, to: digit(byte >> 4))
                text.initializeElement(at: position * 2 + 1, to: digit(byte & 15))
            }
            return count * 2
        }
    }
}

private func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") - 10 + value
}
