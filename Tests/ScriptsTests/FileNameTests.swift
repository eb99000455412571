import Testing

@testable import Scripts

@Suite struct FileNameTests {
    @Test(arguments: [
        ("20240101120000_add_users.sql", "20240101120000", "add users"), ("001-init.sql", "001", "init"),
        ("20240101.sql", "20240101", "20240101"), ("9f8e7d6c5b4a_x.sql", "9", "f8e7d6c5b4a x"),
        ("2026-11-21-add-users.sql", "20261121", "add users"), ("V2__baseline.sql", "V2", "baseline"),
        ("2026-11-212_x.sql", "2026", "11 212 x"),
        ("000001_a.up.sql", "000001", "a"), ("init.sql", "init", "init"), ("001_2fa.sql", "001", "2fa"),
    ])
    func `a name tells a revision and some words`(name: String, revision: String, words: String) {
        #expect(FileName(name).revision == revision)
        #expect(FileName(name).words == words)
    }

    @Test(arguments: [
        ("1.down.sql", "1", true), ("a.down.sql", "a", true), ("01.down.sql", "01", true),
        ("1_a.down.sql", "1_a", true), (".down.sql", "", true), ("1.up.sql", "1", false),
        ("1.sql", "1", false), ("down.sql", "down", false), ("1_down.sql", "1_down", false),
        ("1.DOWN.sql", "1.DOWN", false), ("1.down.sql.sql", "1.down.sql", false),
    ])
    func `a name ends in what it is, however short the rest`(name: String, stem: String, isDown: Bool) {
        #expect(FileName(name).isDown == isDown)
        #expect(FileName(name).stem == stem)
    }

    @Test func `people count, machines compare bytes`() {
        let names = [
            "10_b.sql", "09_a_0.sql", "9_a.sql", "100_c.sql", "V10__z.sql", "V2__y.sql", "9_a_more.sql",
        ].map {
            FileName($0)
        }
        let natural = [
            "09_a_0.sql", "9_a.sql", "9_a_more.sql", "10_b.sql", "100_c.sql", "V2__y.sql", "V10__z.sql",
        ].map {
            FileName($0)
        }
        let bytes = [
            "09_a_0.sql", "100_c.sql", "10_b.sql", "9_a.sql", "9_a_more.sql", "V10__z.sql", "V2__y.sql",
        ].map {
            FileName($0)
        }
        #expect(names.sorted { $0.precedesNaturally($1) } == natural)
        #expect(names.sorted { $0.precedesByBytes($1) } == bytes)
    }
}
