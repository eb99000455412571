import Digests

/// A JSON value that is about to be written. The members of an object keep their order.
enum JSON {
    case string(String)
    case bool(Bool)
    case array([JSON])
    case object(KeyValuePairs<String, JSON>)
    /// Bytes that are JSON already; they are written as they are.
    case verbatim([UInt8])

    /// The value as UTF-8 text, without any white space of its own.
    var bytes: [UInt8] {
        switch self {
        case .string(let text): quoted(text)
        case .bool(let value): Array((value ? "true" : "false").utf8)
        case .array(let values): list(values.map(\.bytes), between: "[", and: "]")
        case .object(let members):
            list(
                members.map { quoted($0.key) + [UInt8(ascii: ":")] + $0.value.bytes },
                between: "{",
                and: "}"
            )
        case .verbatim(let bytes): bytes
        }
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral {
    init(stringLiteral text: String) { self = .string(text) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
}

private func list(_ items: [[UInt8]], between start: Unicode.Scalar, and end: Unicode.Scalar) -> [UInt8] {
    [UInt8(ascii: start)] + items.joined(separator: [UInt8(ascii: ",")]) + [UInt8(ascii: end)]
}

/// A string as RFC 8259, section 7, has it: only quotes, backslashes and control characters have to be escaped.
private func quoted(_ text: String) -> [UInt8] {
    [UInt8(ascii: "\"")] + text.utf8.flatMap(escaped) + [UInt8(ascii: "\"")]
}

private func escaped(_ byte: UInt8) -> [UInt8] {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): [UInt8(ascii: "\\"), byte]
    case UInt8(ascii: "\n"): Array(#"\n"#.utf8)
    case ..<0x20: Array(#"\u00"#.utf8) + Array([byte].span.hex.utf8)
    default: [byte]
    }
}
