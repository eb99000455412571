import Testing

@testable import Processes

@Suite struct ArgumentSplitterTests {
    @Test(
        arguments: [
            ("", []),
            (" \t\n", []),
            ("pg_dump", ["pg_dump"]),
            ("  pg_dump   -Fc\tapp\r\n", ["pg_dump", "-Fc", "app"]),
            (#"/hooks/pg_dump.sh "/var/my backups""#, ["/hooks/pg_dump.sh", "/var/my backups"]),
            (#"a 'b "c" \d' e"#, ["a", #"b "c" \d"#, "e"]),
            (#"--name="x y"'z'"#, ["--name=x yz"]),
            (#"a '' "" b"#, ["a", "", "", "b"]),
            (#"a\ b \'c\" \\"#, ["a b", #"'c""#, #"\"#]),
            (#""\"\\\$\`\n""#, [#""\$`\n"#]),
            ("a\\\nb \"c\\\nd\"", ["ab", "cd"]),
            (
                "$HOME ${X} `id` $(id) * ~ | > x; #y",
                ["$HOME", "${X}", "`id`", "$(id)", "*", "~", "|", ">", "x;", "#y"]
            ),
            ("\"\u{301}é\" ü", ["\u{301}é", "ü"]),
            (#"[]"#, []),
            (#" [ "a b" , "" ] "#, ["a b", ""]),
            (#"["\"\\\/\b\f\n\r\t","\u00e9\uD83D\uDC26","$X"]"#, ["\"\\/\u{8}\u{C}\n\r\t", "é🐦", "$X"]),
        ] as [(String, [String])]
    )
    func `a text becomes arguments`(text: String, arguments: [String]) throws {
        let split = try ArgumentSplitter.split(text)
        #expect(split == arguments)
    }

    @Test(
        arguments: [
            ("a 'b", .unterminatedQuote("'", column: 3)),
            (#"a "b\""#, .unterminatedQuote("\"", column: 3)),
            (#"a \"#, .nothingAfterBackslash),
            (#""a\"#, .unterminatedQuote("\"", column: 1)),
            ("[", .notAnArrayOfStrings(column: 2)),
            (#"["a""#, .notAnArrayOfStrings(column: 5)),
            (#"["a",]"#, .notAnArrayOfStrings(column: 6)),
            (#"["a"] b"#, .notAnArrayOfStrings(column: 7)),
            (#"[1]"#, .notAnArrayOfStrings(column: 2)),
            ("[\"a\nb\"]", .notAnArrayOfStrings(column: 4)),
            (#"["\x"]"#, .notAnArrayOfStrings(column: 4)),
            (#"["\u12"]"#, .notAnArrayOfStrings(column: 7)),
            (#"["\uD83D"]"#, .notAnArrayOfStrings(column: 9)),
            (#"["\uDC26\uDC26"]"#, .notAnArrayOfStrings(column: 15)),
        ] as [(String, ArgumentError)]
    )
    func `a text that breaks off is refused`(text: String, error: ArgumentError) {
        #expect(throws: error) { try ArgumentSplitter.split(text) }
    }
}
