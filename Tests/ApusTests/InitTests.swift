import TestSupport
import Testing

/// `apus init`.
@Suite(.timeLimit(.minutes(5)))
struct InitTests {
    @Test func `it makes a directory and a file with settings, and a first revision can follow`() async throws
    {
        let project = try Project()
        let ended = try await project.apus("init", endingWith: 0)
        #expect(ended.paths == ["migrations", "apus.yaml"] && ended.errors == "")
        #expect(try project.folder.text(of: "apus.yaml").contains("\nmigrations: migrations\n"))
        try await project.apus("revision", "-m", "Begin", endingWith: 0)
        #expect(try await project.history().count == 1)
    }

    @Test(arguments: ["db/migrations", "my migrations", "yes", "/abs", "größe/#1", "007"])
    func `the directory it is told of is the one that other commands look in`(path: String) async throws {
        let project = try Project()
        let path = path == "/abs" ? "\(project.folder.path)/abs" : path
        try await project.apus("init", path, endingWith: 0)
        let ended = try await project.apus("revision", "-m", "x", endingWith: 0)
        #expect(ended.output.hasPrefix("\(path)/"))
    }

    @Test func `called again it changes nothing and loses nothing`() async throws {
        let project = try Project(["migrations/1_a.sql": "SELECT 1;", "apus.yaml": "lock-timeout: 1s\n"])
        let ended = try await project.apus("init", endingWith: 0)
        #expect(ended.output == "")
        #expect(
            ended.errors.contains("migrations is there already")
                && ended.errors.contains("apus.yaml is there")
        )
        #expect(try project.folder.text(of: "apus.yaml") == "lock-timeout: 1s\n")
        #expect(project.migrations == ["1_a.sql"])
    }

    @Test func `settings that name another directory are pointed out`() async throws {
        let project = try Project(["apus.yaml": "migrations: old\n"])
        let ended = try await project.apus("init", "new", endingWith: 0)
        #expect(ended.paths == ["new"])
        #expect(ended.errors.contains("the settings name old") && ended.errors.contains("--migrations new"))
    }

    @Test func `a template is written to be changed, and used`() async throws {
        let project = try Project()
        let ended = try await project.apus("init", "--template", "db/template.sql", endingWith: 1)
        #expect(ended.errors.contains("db/template.sql cannot be written: No such file"))
        try await project.apus("init", "--template", "template.sql", endingWith: 0)
        let text = try project.folder.text(of: "template.sql")
        #expect(text.contains("-- Revision ID: ${revision}\n"))
        try project.folder.write(text + "-- by the template\n", to: "template.sql")
        let written = try await project.apus("revision", "-m", "x", endingWith: 0).paths[0]
        #expect(try project.folder.text(of: written).hasSuffix("-- by the template\n"))
        #expect(try project.folder.text(of: "apus.yaml").contains("\ntemplate: template.sql\n"))
    }

    @Test func `several directories are made, and named in the settings`() async throws {
        let project = try Project()
        let ended = try await project.apus("init", "--migrations", "a", "--migrations", "b", endingWith: 0)
        #expect(ended.paths == ["a", "b", "apus.yaml"])
        let written = try await project.apus("revision", "--version-path", "b", endingWith: 0).paths[0]
        #expect(written.hasPrefix("b/"))
        #expect(try await project.apus("revision", endingWith: 0).output.hasPrefix("b/"))
    }

    @Test func `a file in the way is named`() async throws {
        let project = try Project(["migrations": ""])
        let ended = try await project.apus("init", endingWith: 1)
        #expect(ended.errors.contains("migrations cannot be written: File exists"))
    }
}
