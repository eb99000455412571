import Glibc

/// Colours, where a terminal shows them and nobody has said NO_COLOR.
struct Style: Sendable {
    let hasColors: Bool

    static let plain = Style(hasColors: false)

    static func forStandardError() -> Style { forDescriptor(STDERR_FILENO) }
    static func forStandardOutput() -> Style { forDescriptor(STDOUT_FILENO) }

    private static func forDescriptor(_ descriptor: Int32) -> Style {
        let isWanted =
            unsafe getenv("NO_COLOR") == nil && getenv("TERM").map { unsafe String(cString: $0) } != "dumb"
        return Style(hasColors: isWanted && isatty(descriptor) == 1)
    }

    func bold(_ text: String) -> String { wrapped(text, "1") }
    func dim(_ text: String) -> String { wrapped(text, "2") }
    func red(_ text: String) -> String { wrapped(text, "31") }
    func green(_ text: String) -> String { wrapped(text, "32") }
    func yellow(_ text: String) -> String { wrapped(text, "33") }

    private func wrapped(_ text: String, _ code: String) -> String {
        hasColors ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
