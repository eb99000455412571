extension Span<UInt8> {
    /// Two lower-case hexadecimal digits for each byte.
    package var hex: String {
        String(unsafeUninitializedCapacity: count * 2) { text in
            for position in indices {
                unsafe text.initializeElement(at: position * 2, to: digit(self[position] >> 4))
                unsafe text.initializeElement(at: position * 2 + 1, to: digit(self[position] & 15))
            }
            return count * 2
        }
    }
}

private func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") - 10 + value
}
