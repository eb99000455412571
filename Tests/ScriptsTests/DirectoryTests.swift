import TestSupport
import Testing

@testable import Scripts

@Suite struct DirectoryTests {
    @Test func `files come in the order of their names, byte by byte, whatever two of them share`() throws {
        let folder = Folder()
        // A time and the first words: much more than what is compared as a number.
        let words = ["", "_", "_a", "_a_b", "_b", "-b", "_B", "_1", "_10", "_2", "ü", "_ü"]
        let names = [
            "2026", "2026112112000", "20261121120000", "20261121120000_add", "20261121120000_add_users",
        ]
        .flatMap { time in words.map { "\(time)\($0).sql" } }
        for name in names.shuffled() { try folder.write("", to: name) }
        let read = try Directory(folder.path).sqlFiles(withChecksums: false)
        #expect(read.map(\.name.text) == names.sorted { Array($0.utf8).lexicographicallyPrecedes($1.utf8) })
    }
}
