import Glibc

/// The characters that a history is drawn with.
struct GraphGlyphs: Sendable {
    let revision: Character
    let pending: Character
    /// By what they connect: 1 up, 2 down, 4 left, 8 right.
    private let lines: [Character]

    /// Rounded lines.
    static let unicode = GraphGlyphs(revision: "●", pending: "○", lines: Array(" ╵╷│╴╯╮┤╶╰╭├─┴┬┼"))
    /// For terminals that know nothing else.
    static let ascii = GraphGlyphs(revision: "*", pending: "o", lines: Array(" |||-'.+-'.+-+++"))

    private init(revision: Character, pending: Character, lines: [Character]) {
        self.revision = revision
        self.pending = pending
        self.lines = lines
    }

    func line(up: Bool, down: Bool, left: Bool, right: Bool) -> Character {
        lines[(up ? 1 : 0) + (down ? 2 : 0) + (left ? 4 : 0) + (right ? 8 : 0)]
    }

    var vertical: Character { line(up: true, down: true, left: false, right: false) }
    var horizontal: Character { line(up: false, down: false, left: true, right: true) }

    /// What standard output can show: lines where the locale is UTF-8.
    static func forStandardOutput() -> GraphGlyphs {
        forEnvironment { name in unsafe getenv(name).map { unsafe String(cString: $0) } }
    }

    /// - Parameter variable: Gives the value of an environment variable.
    static func forEnvironment(_ variable: (String) -> String?) -> GraphGlyphs {
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap(variable).first { !$0.isEmpty } ?? ""
        let encoding = locale.lowercased()
        let isUnicode = encoding.contains("utf-8") || encoding.contains("utf8")
        return isUnicode && variable("TERM") != "dumb" ? .unicode : .ascii
    }
}
