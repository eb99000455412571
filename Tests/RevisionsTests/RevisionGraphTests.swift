import Revisions
import TestSupport
import Testing

@Suite struct RevisionGraphTests {
    @Test func `heads are what nobody follows, bases what follows nobody`() throws {
        let graph = try graph("a", "a -> b", "a -> c", "z")
        #expect(graph.heads == ["b", "c", "z"])
        #expect(graph.bases == ["a", "z"])
    }

    @Test func `a merge leaves one head`() throws {
        let graph = try graph("a", "a -> b", "a -> c", "b, c -> m")
        #expect(graph.heads == ["m"])
    }

    @Test func `two files with one ID are an error that names both`() {
        let error = #expect(throws: RevisionError.self) {
            try RevisionGraph([Revision(id: "a", file: "a_one.sql"), Revision(id: "a", file: "a_two.sql")])
        }
        #expect(error == .duplicate("a", files: ["a_one.sql", "a_two.sql"]))
        #expect(error?.description.contains("a_one.sql, a_two.sql") == true)
    }

    @Test func `a parent without a file is an error that names the file asking for it`() {
        let error = #expect(throws: RevisionError.self) { try graph("x -> b") }
        #expect(error == .missingParent("x", of: "b", file: "b.sql"))
    }

    @Test func `a dependency may be a label, and must exist`() throws {
        #expect(try graph("a [shop]", "b (needs shop)").heads == ["a", "b"])
        let error = #expect(throws: RevisionError.self) { try graph("b (needs nothing)") }
        #expect(error == .missingDependency("nothing", of: "b", file: "b.sql"))
    }

    @Test(arguments: [
        ["a -> a"], ["b -> a", "a -> b"], ["a", "c, a -> b", "b -> c", "c -> d"], ["a (needs b)", "a -> b"],
    ])
    func `a circle is an error that names its members`(lines: [String]) {
        let error = #expect(throws: RevisionError.self) { try RevisionGraph(lines.map(revision)) }
        guard case .cycle(let ids, _) = error else {
            Issue.record("not a circle: \(String(describing: error))")
            return
        }
        #expect(!ids.isEmpty && !ids.contains("d"))
    }

    @Test func `a label used twice, or equal to an ID, is an error`() {
        #expect(throws: RevisionError.duplicateLabel("x", files: ["a.sql", "b.sql"])) {
            try graph("a [x]", "b [x]")
        }
        #expect(throws: RevisionError.duplicateLabel("a", files: ["a.sql", "b.sql"])) {
            try graph("a", "b [a]")
        }
    }

    @Test(arguments: ["a-b", "a@b", "a+b", "a:b", "a b"])
    func `characters that targets use cannot stand in an ID`(id: String) {
        let error = #expect(throws: RevisionError.self) {
            try RevisionGraph([Revision(id: Revision.ID(rawValue: id), file: "f.sql")])
        }
        guard case .illegalCharacter(_, let seen, "f.sql") = error else {
            Issue.record("accepted \(id)")
            return
        }
        #expect(seen == id)
    }

    /// `downgrade base` undoes everything, and `Revises: base` names no parent, whatever a file calls itself.
    @Test(arguments: ["head", "heads", "base", "Base", "none", "None"])
    func `words that targets and headers use cannot be an ID or a label`(word: String) throws {
        #expect(throws: RevisionError.word(word, file: "f.sql")) {
            try RevisionGraph([Revision(id: Revision.ID(rawValue: word), file: "f.sql")])
        }
        #expect(throws: RevisionError.word(word, file: "a.sql")) { try graph("a [\(word)]") }
        #expect(try graph("\(word)s_x", "current", "header").heads.count == 3)
    }
}
