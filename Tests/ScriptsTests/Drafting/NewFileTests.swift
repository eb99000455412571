import Revisions
import TestSupport
import Testing

@testable import Scripts

@Suite struct NewFileTests {
    private let folder = Folder()

    private func file(_ name: String, _ text: String = "text") -> SourceFile {
        SourceFile(path: "\(folder.path)/\(name)", bytes: Array(text.utf8))
    }

    @Test func `a file is there whole, and nothing else is`() throws {
        let text = String(repeating: "a line\n", count: 100_000)
        try file("a.sql", text).create()
        #expect(try folder.text(of: "a.sql") == text)
        #expect(folder.names() == ["a.sql"])
    }

    @Test func `what is there is never written over`() throws {
        try folder.write("old", to: "a.sql")
        folder.link("b.sql", to: "nosuch")
        for name in ["a.sql", "b.sql"] {
            let error = #expect(throws: DraftError.self) { try file(name).create() }
            #expect(error?.description.contains("\(name) is there already") == true)
        }
        #expect(try folder.text(of: "a.sql") == "old")
        #expect(folder.names() == ["a.sql", "b.sql"])
    }

    @Test func `of two files both are written, or none`() throws {
        try folder.write("old", to: "1_a.up.sql")
        let draft = RevisionDraft(.init(id: "1"), [file("1_a.up.sql"), file("1_a.down.sql")])
        #expect(throws: DraftError.self) { try draft.write() }
        #expect(folder.names() == ["1_a.up.sql"])
    }

    @Test func `a directory that is not there is named, with the reason`() {
        let error = #expect(throws: DraftError.self) { try file("nosuch/a.sql").create() }
        #expect(
            error?.description.contains("nosuch/a.sql cannot be written: No such file or directory") == true
        )
    }
}
