extension Duration {
    private static let milliseconds: [(unit: String, factor: Int)] = [
        ("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000),
    ]

    /// Reads `500ms`, `2s`, `10m`, `1h` or `0`, up to the server's limit of 2³¹ - 1 milliseconds.
    package init?(timeout: String) {
        let digits = timeout.utf8.prefix(while: \.isDigit)
        let unit = timeout.dropFirst(digits.count)
        guard let number = Int32(String(decoding: digits, as: UTF8.self)) else { return nil }
        if number == 0, unit.isEmpty {
            self = .zero
            return
        }
        guard let factor = Self.milliseconds.first(where: { $0.unit == unit })?.factor,
            let milliseconds = Int32(exactly: Int(number) * factor)
        else { return nil }
        self = .milliseconds(milliseconds)
    }
}
