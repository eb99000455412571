/// Random scripts from tokens that are awkward next to each other; the same seed gives the same scripts.
struct TokenSoup {
    private static let tokens = [
        "select ", "a", "é", "x'1F'", "B'01'", "n'x;'", "1 ", "1.5e10 ", "a$1$b", "$1", "$", "+", "-", "/",
        "*", "@",
        "::int", ":name ", ":'v'", ",", ".", "'x'", "'it''s; '", "';", "E'\\'; '", "e'\\\\'", "U&'\\0041;'",
        "'",
        "\"a;\"\"b\"", "u&\"x;\"", "\"", "$$", "$$;$$", "$a$ ; $$ $a$", "$a$", "$é$;'$é$", "-- ; '\n", "--",
        "/* ; ' */",
        "/* /* ; */ */", "/*", "*/", "(", ")", "(", ")", ";", ";", ";", ";\n", "\n", "\r\n", " ", "\t", " ",
        " ",
        ";create function f() ", ";create or replace procedure p ", " begin atomic ", " case ", " end ",
        " end; ",
    ]

    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    /// The next script, of up to 40 tokens.
    mutating func next() -> String {
        (0..<1 + random(below: 40)).map { _ in Self.tokens[random(below: Self.tokens.count)] }.joined()
    }

    /// The next bytes, of which most mean something to a lexer.
    mutating func nextBytes() -> [UInt8] {
        let meaningful = Array("'\"$/*-;()\\.\n\re aE&u_1\u{FEFF}é".utf8)
        return (0..<random(below: 60)).map { _ in
            random(below: 50) == 0 ? UInt8(random(below: 256)) : meaningful[random(below: meaningful.count)]
        }
    }

    /// SplitMix64.
    private mutating func random(below limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
    }
}
