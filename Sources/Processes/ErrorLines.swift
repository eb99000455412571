/// Cuts a stream of bytes into lines that are safe to print, hands each one on, and keeps the last ones.
struct ErrorLines {
    /// A longer line is cut; a program that writes no line ends must not fill our memory.
    static let lineLimit = 2000

    private let tailLimit: Int
    private let observe: (String) -> Void
    private var line: [UInt8] = []
    private var isLineCut = false
    private var last: [String] = []
    private var lastSize = 0

    init(tailLimit: Int, observe: @escaping (String) -> Void) {
        self.tailLimit = tailLimit
        self.observe = observe
    }

    /// The last lines that fit into the limit together; when not even the last one does, its end.
    var tail: String {
        let text = last.joined(separator: "\n").utf8.suffix(tailLimit)
        return String(decoding: text.drop { $0 & 0xC0 == 0x80 }, as: UTF8.self)
    }

    mutating func append(_ bytes: [UInt8]) {
        for byte in bytes {
            if byte == UInt8(ascii: "\n") {
                endLine()
            } else if line.count < Self.lineLimit {
                line.append(byte)
            } else {
                isLineCut = true
            }
        }
    }

    /// Hands on a last line that has no end.
    mutating func finish() {
        if !line.isEmpty { endLine() }
    }

    private mutating func endLine() {
        if line.last == UInt8(ascii: "\r"), !isLineCut { line.removeLast() }
        let text = printable(line) + (isLineCut ? "…" : "")
        line.removeAll(keepingCapacity: true)
        isLineCut = false
        keep(text)
        observe(text)
    }

    private mutating func keep(_ text: String) {
        last.append(text)
        lastSize += text.utf8.count + 1
        while lastSize > tailLimit + 1, last.count > 1 { lastSize -= last.removeFirst().utf8.count + 1 }
    }
}

/// The text with everything that moves a cursor, changes a colour or looks like a line end written as its code.
private func printable(_ bytes: [UInt8]) -> String {
    var text = ""
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: text += scalar.escaped(asASCII: true)
        default: text.unicodeScalars.append(scalar)
        }
    }
    return text
}
