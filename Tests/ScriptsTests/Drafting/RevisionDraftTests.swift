import Revisions
import SQLText
import TestSupport
import Testing

@testable import Scripts

/// Files with headers.
@Suite struct RevisionDraftTests {
    private let line = sources(["a.sql": headed("aaaa"), "b.sql": headed("bbbb", revises: "aaaa")])
    private let fork = sources([
        "a.sql": headed("aaaa"), "b.sql": headed("bbbb", revises: "aaaa", "-- Branch Labels: left\n"),
        "c.sql": headed("cccc", revises: "aaaa"),
    ])

    private func heads(_ texts: String...) throws -> [RevisionTarget] {
        try texts.map { try RevisionTarget(parsing: $0) }
    }

    /// The words of the error.
    private func refusal(
        in sources: SourceFiles,
        _ change: (inout RevisionRequest) throws -> Void
    ) -> String {
        let error = #expect(throws: DraftError.self) { try draft(in: sources, change) }
        #expect(error?.fault == .request)
        return error?.description ?? ""
    }

    @Test func `the first revision of an empty directory is a beginning`() throws {
        let draft = try draft(in: sources())
        #expect(draft.revision.parents == [])
        #expect(draft.names == ["\(draft.revision.id)_add_users.sql"])
        #expect(
            draft.text == """
                -- Add users
                --
                -- Revision ID: \(draft.revision.id)
                -- Revises:
                -- Create Date: 2026-11-21 03:00:00+00:00

                -- migrate:up


                -- migrate:down


                """
        )
    }

    @Test func `it follows the only head`() throws {
        let draft = try draft(in: line)
        #expect(draft.revision.parents == ["bbbb"])
        #expect(draft.text.contains("\n-- Revises: bbbb\n"))
    }

    @Test func `several heads are named, with what to do`() throws {
        let words = refusal(in: fork) { _ in }
        #expect(words.contains("several heads: bbbb, cccc") && words.contains("--head"))
        #expect(words.contains("apus merge bbbb cccc"))
    }

    @Test func `a head is named by its ID, a beginning of it, or a label`() throws {
        for target in ["bbbb", "bbb", "left", "left@head", "heads"] {
            let parents = try draft(in: fork) { $0.parents = try heads(target) }.revision.parents
            #expect(parents == (target == "heads" ? ["bbbb", "cccc"] : ["bbbb"]))
        }
        #expect(refusal(in: fork) { $0.parents = try heads("nosuch") }.contains("no revision \"nosuch\""))
        #expect(refusal(in: fork) { $0.parents = try heads("head") }.contains("apus merge"))
    }

    @Test func `base begins a second history`() throws {
        let draft = try draft(in: line) { $0.parents = try heads("base") }
        #expect(draft.revision.parents == [])
    }

    @Test func `what others follow already takes --splice`() throws {
        let words = refusal(in: line) { $0.parents = try heads("aaaa") }
        #expect(words.contains("aaaa is no head: bbbb follows it") && words.contains("--splice"))
        let draft = try draft(in: line) { request in
            request.parents = try heads("aaaa")
            request.isSplice = true
        }
        #expect(draft.revision.parents == ["aaaa"])
    }

    @Test(arguments: ["current", "+1", "left@+2"])
    func `a target that needs a database is refused`(target: String) throws {
        #expect(refusal(in: fork) { $0.parents = try heads(target) }.contains("no database is asked"))
    }

    @Test func `a merge follows all heads, or those that are named`() throws {
        let all = try draft(nil, in: fork) { request in
            request.isMerge = true
            request.parents = [.heads]
        }
        #expect(all.revision.parents == ["bbbb", "cccc"])
        #expect(all.text.contains("-- Merge bbbb, cccc\n") && all.text.contains("-- Revises: bbbb, cccc\n"))
        let named = try draft(nil, in: fork) { request in
            request.isMerge = true
            request.parents = try heads("cccc", "left")
        }
        #expect(named.revision.parents == ["cccc", "bbbb"])
        #expect(named.names[0].hasSuffix("_merge_cccc_bbbb.sql"))
    }

    @Test func `however many heads there are, a merge leaves one`() throws {
        let five = sources([
            "a_.sql": headed("aaaa"), "b_.sql": headed("bbbb", revises: "aaaa"),
            "c_.sql": headed("cccc", revises: "aaaa"), "d_.sql": headed("dddd", revises: "aaaa"),
            "e_.sql": headed("eeee"),
        ])
        for targets in [[RevisionTarget.heads], try heads("bbbb", "cccc", "dddd", "eeee")] {
            let merge = try draft(nil, in: five) { request in
                request.isMerge = true
                request.parents = targets
            }
            #expect(merge.revision.parents == ["bbbb", "cccc", "dddd", "eeee"])
            #expect(merge.text.contains("-- Revises: bbbb, cccc, dddd, eeee\n"))
        }
    }

    @Test func `one revision is nothing to merge`() throws {
        func words(_ sources: SourceFiles, _ targets: RevisionTarget...) -> String {
            refusal(in: sources) { request in
                request.isMerge = true
                request.parents = targets
            }
        }
        #expect(words(line, .heads) == "there is nothing to merge: bbbb is the only head.")
        #expect(words(sources(), .heads) == "there is nothing to merge: there is no revision yet.")
        #expect(words(fork, .named("bbbb"), .named("bbb")).hasSuffix("The heads are bbbb, cccc."))
        #expect(words(sources(["1_a.sql": "", "2_b.sql": ""]), .heads).contains("2 is the only head"))
    }

    @Test func `revisions that stand above each other are not merged`() throws {
        let words = refusal(in: line) { request in
            request.isMerge = true
            request.isSplice = true
            request.parents = try heads("aaaa", "bbbb")
        }
        #expect(words.contains("aaaa stands below bbbb"))
    }

    @Test func `labels and dependencies stand in the header`() throws {
        let draft = try draft(in: fork) { request in
            request.parents = [.base]
            request.labels = ["billing", "billing", "v2"]
            request.dependencies = ["ccc", "left", "cccc"]
        }
        #expect(draft.revision.labels == ["billing", "v2"])
        #expect(draft.revision.dependencies == ["cccc", "left"])
        #expect(draft.text.contains("-- Branch Labels: billing, v2\n-- Depends On: cccc, left\n\n"))
    }

    @Test func `an unknown dependency, and a label or ID that is taken, name what is there`() throws {
        #expect(refusal(in: line) { $0.dependencies = ["nosuch"] }.contains("no revision \"nosuch\""))
        #expect(refusal(in: line) { $0.dependencies = ["base"] }.contains("\"base\""))
        for label in ["left", "aaaa"] {
            let words = refusal(in: fork) { request in
                request.parents = [.named("bbbb")]
                request.labels = [label]
            }
            #expect(words.contains(label == "left" ? "m/b.sql" : "m/a.sql"))
        }
        #expect(refusal(in: line) { $0.id = "aaaa" }.contains("m/a.sql"))
        #expect(refusal(in: line) { $0.labels = ["a b"] }.contains("branch label"))
        let both = refusal(in: line) { request in
            request.id = "same"
            request.labels = ["same"]
        }
        #expect(both.contains("same"))
    }

    @Test func `the file goes beside that of the parent, to the first directory, or where it is told`() throws
    {
        let folder = Folder()
        let directories = ["one", "two"].map(folder.makeFolder)
        let files = SourceFiles(
            directories: ["\(directories[0])/", directories[1]],
            files: [SourceFile(path: "\(directories[1])/a.sql", bytes: Array(headed("aaaa").utf8))]
        )
        #expect(try draft(in: files).paths[0].hasPrefix("\(directories[1])/"))
        let root = try draft(in: files) { $0.parents = [.base] }
        #expect(root.paths[0].hasPrefix("\(directories[0])/") && !root.paths[0].contains("//"))
        let told = try draft(in: files) { $0.directory = "\(directories[0])/../one" }
        #expect(told.paths[0].hasPrefix("\(directories[0])/"))
        #expect(
            refusal(in: files) { $0.directory = folder.path }.contains(
                "\(directories[0])/, \(directories[1])"
            )
        )
    }

    @Test(arguments: [
        "Add\nRevises: zzzz", "Revision ID: aaaa", "-- migrate:up", "migrate:up\nDROP TABLE a;",
        "migrate:rollback", "Migrate: down", "Migrate: update users",
        "*/ DROP TABLE a; /*",
        "it's \"quoted\" `x` $$ ${revision} \\", String(repeating: "long ", count: 100), "🚀",
        "\r\n-- migrate:down\r\n",
        "\u{FEFF}title", "-- +goose Up", "title\u{0}more", "",
    ])
    func `whatever the message is, the file is read as what it is to be`(message: String) throws {
        for sources in [
            sources(), line, sources(["1_a.sql": "-- migrate:up\n"]), sources(["1_a.sql": "SELECT 1;"]),
        ] {
            let draft = try draft(message, in: sources)
            let history = try sources.adding(draft.files).history()
            let migration = try #require(history[draft.revision.id])
            #expect(migration.revision == draft.revision)
            #expect(try migration.script().sections.count <= 2)
            #expect(!draft.names[0].contains("/") && draft.names[0].utf8.count < 200)
        }
    }

    @Test func `a template that hides the header is refused`() throws {
        let folder = Folder()
        for text in [
            "-- migrate:up\n", "SELECT 1;\n-- Revision ID: ${revision}\n",
            "-- Revision ID: x\n-- Revises: ${revises}\n",
        ] {
            let template = try Template.read(try folder.write(text, to: "t.sql"))
            let error = #expect(throws: DraftError.self) { try draft(in: line) { $0.template = template } }
            #expect(error?.fault == .file)
            #expect(error?.description.contains("Correct the template \(folder.path)/t.sql") == true)
        }
    }

    @Test func `a template with what cannot be parsed is refused, but SQLite's own is not`() throws {
        let folder = Folder()
        let head = "-- ${message}\n-- Revision ID: ${revision}\n-- Revises: ${revises}\n"
        let broken = try Template.read(try folder.write(head + "-- migrate:up\nSELECT 'open\n", to: "t.sql"))
        let error = #expect(throws: DraftError.self) { try draft(in: line) { $0.template = broken } }
        #expect(error?.description.contains(".sql:5:8: ") == true)
        let sqlite = try Template.read(
            try folder.write(head + "-- migrate:up\nSELECT [it's];\n", to: "t.sql")
        )
        #expect(try draft(in: line) { $0.template = sqlite }.text.hasSuffix("SELECT [it's];\n"))
    }

    @Test func `a history that contradicts itself gets no further revision`() {
        let error = #expect(throws: DraftError.self) {
            try RevisionDraft(RevisionRequest(), in: ["/nonexistent"])
        }
        #expect(error?.description.contains("apus init") == true)
    }
}
