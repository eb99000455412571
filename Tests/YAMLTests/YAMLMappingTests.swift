import Testing

@testable import YAML

@Suite struct YAMLMappingTests {
    private func entries(_ text: String) throws(YAMLError) -> [YAMLMapping.Entry] {
        try YAMLMapping(Array(text.utf8)).entries
    }

    @Test func `names map to values and to lists`() throws {
        let entries = try entries(
            "# job\nwait-timeout: 5m\nmigrations: [a, 'b c']\nnotify-url:\n  - x\n  - y\n"
        )
        #expect(entries.map(\.name) == ["wait-timeout", "migrations", "notify-url"])
        #expect(entries.map(\.values) == [["5m"], ["a", "b c"], ["x", "y"]])
        #expect(entries.map(\.line) == [2, 3, 4])
    }

    @Test(arguments: ["", "# nothing\n", "---\n", "{}"])
    func `an empty document has no entries`(text: String) throws {
        #expect(try entries(text).isEmpty)
    }

    @Test(arguments: [
        ("a: 1\na: 2", 2), ("a:\n  b: 1", 1), ("- a\n", 1), ("a: [1, [2]]", 1), ("a: \"x", 1),
        ("just text", 1),
        ("a: *x", 1), ("a: 1\n\tb: 2", 2),
    ])
    func `anything else is an error with its line`(text: String, line: Int) {
        let error = #expect(throws: YAMLError.self) { try entries(text) }
        #expect(error?.line == line, "\(String(describing: error))")
    }
}
