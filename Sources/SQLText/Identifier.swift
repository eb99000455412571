/// How the server reads an identifier: it folds ASCII letters outside of quotes and cuts the rest off.
enum Identifier {
    /// NAMEDATALEN - 1.
    private static let longest = 63

    /// The name that a token stands for; nil for a token that is none, and for `U&"…"`, whose escapes are not read.
    static func name(_ bytes: ArraySlice<UInt8>, kind: Token.Kind) -> String? {
        switch kind {
        case .word: cut(bytes.map(\.lowercased))
        case .quotedIdentifier where bytes.first == UInt8(ascii: "\""):
            cut(unquoted(bytes.dropFirst().dropLast()))
        default: nil
        }
    }

    private static func unquoted(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var name: [UInt8] = []
        var isDoubled = false
        for byte in bytes {
            isDoubled = byte == UInt8(ascii: "\"") && !isDoubled
            if !isDoubled { name.append(byte) }
        }
        return name
    }

    private static func cut(_ name: [UInt8]) -> String {
        var length = min(name.count, longest)
        while length < name.count, length > 0, name[length].isUTF8Continuation { length -= 1 }
        return String(decoding: name[..<length], as: UTF8.self)
    }
}
