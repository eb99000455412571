import Glibc
import TestSupport
import Testing

/// What is run with a new file, and `apus edit`.
@Suite(.timeLimit(.minutes(5)))
struct PostWriteTests {
    private let first = "-- Revision ID: aaaa\n-- Revises:\n\n-- migrate:up\n"

    private func project() throws -> Project { try Project(["migrations/a.sql": first]) }

    // MARK: Hooks

    @Test func `hooks run in order, with the file last or in place of {}`() async throws {
        let project = try project()
        let one = try project.script("echo one \"$#\" \"$1\" >>log; echo '-- one' >>\"$1\"", named: "one")
        let two = try project.script("echo two \"$#\" \"$2\" >>log; echo out; echo err >&2", named: "two")
        let ended = try await project.apus(
            "revision",
            "-m",
            "x",
            "--post-write",
            one,
            "--post-write",
            "\(two) 'a b' --in={} c",
            endingWith: 0
        )
        let path = ended.paths[0]
        #expect(ended.paths.count == 1)
        #expect(ended.errors.contains("out\n") && ended.errors.contains("err\n"))
        #expect(try project.folder.text(of: "log") == "one 1 \(path)\ntwo 3 --in=\(path)\n")
        #expect(try project.folder.text(of: path).hasSuffix("-- one\n"))
    }

    @Test func `hooks stand in apus.yaml, and run for both files of a pair`() async throws {
        let project = try Project([
            "migrations/1_a.up.sql": "", "apus.yaml": "post-write: [./log, './log second']\n",
        ])
        _ = try project.script("echo \"$@\" >>log.txt", named: "log")
        try await project.apus("revision", "-m", "b", endingWith: 0)
        let (up, down) = ("migrations/2_b.up.sql", "migrations/2_b.down.sql")
        #expect(try project.folder.text(of: "log.txt") == "\(up)\n\(down)\nsecond \(up)\nsecond \(down)\n")
    }

    @Test func `a failing hook ends with 1, the file stays, and no further hook runs`() async throws {
        let project = try project()
        let failing = try project.script("echo 'no formatter' >&2; exit 7")
        let ended = try await project.apus(
            "revision",
            "-m",
            "x",
            "--post-write",
            failing,
            "--post-write",
            "touch late",
            endingWith: 1
        )
        #expect(ended.errors.contains("no formatter\n") && ended.errors.contains("ended with code 7"))
        #expect(project.folder.has(ended.paths[0]) && !project.folder.has("late"))
    }

    @Test func `a hook that cannot be read is found before anything is written`() async throws {
        let project = try project()
        let ended = try await project.apus("revision", "--post-write", "format 'open", endingWith: 78)
        #expect(ended.errors.contains("--post-write: The quote ' at column 8"))
        #expect(project.migrations == ["a.sql"])
    }

    @Test func `a hook that is not there is named`() async throws {
        let ended = try await project().apus("revision", "--post-write", "/nosuch", endingWith: 78)
        #expect(ended.errors.contains("--post-write: The program /nosuch does not exist"))
        #expect(ended.paths.count == 1)
    }

    @Test func `a hook that spoils the file is noticed`() async throws {
        let project = try project()
        let spoiling = try project.script("echo \"SELECT 'open\" >>\"$1\"")
        let ended = try await project.apus("revision", "--post-write", spoiling, endingWith: 65)
        #expect(ended.errors.contains("saved, but \(ended.paths[0]):"))
    }

    @Test(arguments: ["sed -i /^--.Rev/d {}", "sed -i s/Revises:/Revise:/ {}"])
    func `so is one that takes the header out`(hook: String) async throws {
        let project = try project()
        try await project.apus("revision", "-m", "first")
        let ended = try await project.apus("revision", "-m", "second", "--post-write", hook, endingWith: 65)
        #expect(ended.errors.contains("is its header still as it was written?"), "\(ended.errors)")
    }

    @Test func `so is one that spoils the way down of a pair`() async throws {
        let project = try Project(["migrations/1_a.up.sql": ""])
        let spoiling = try project.script("echo \"SELECT 'open\" >>\"$1\"")
        let ended = try await project.apus(
            "revision",
            "--post-write",
            "sh -c 'case $1 in *.down.sql) exec \(spoiling) $1; esac' sh",
            endingWith: 65
        )
        #expect(ended.errors.contains("saved, but migrations/2_new_revision.down.sql:"))
    }

    @Test func `SIGTERM ends a hook, and the file stays`() async throws {
        let project = try project()
        let sleeping = try project.script("kill -TERM $PPID; exec sleep 60")
        let ended = try await project.apus("revision", "--post-write", sleeping, endingWith: 143)
        #expect(project.folder.has(ended.paths[0]))
    }

    // MARK: Editor

    @Test func `the editor gets the file, our terminal and our group`() async throws {
        let project = try project()
        let editor = try project.script(
            "echo \"$@\" >log; ps -o pgid= -p $$ -p $PPID | sort -u | wc -l >>log; echo shown"
        )
        let ended = try await project.apus("edit", environment: ["EDITOR": "\(editor) -w"], endingWith: 0)
        #expect(
            try project.folder.text(of: "log").split(separator: "\n").map { $0.filter { $0 != " " } } == [
                "-wmigrations/a.sql", "1",
            ]
        )
        #expect(ended.output == "shown\n")
    }

    @Test func `VISUAL comes before EDITOR, and a revision may be named`() async throws {
        let project = try project()
        try project.folder.write("-- Revision ID: bbbb\n-- Revises: aaaa\n", to: "migrations/b.sql")
        let editor = try project.script("echo \"$1\" >>log")
        let variables = ["VISUAL": editor, "EDITOR": "false"]
        for target in ["head", "aa", "aaaa", "head-1", "heads"] {
            try await project.apus("edit", target, environment: variables, endingWith: 0)
        }
        let names = try project.folder.text(of: "log").split(separator: "\n").map { $0.suffix(5) }
        #expect(names == ["b.sql", "a.sql", "a.sql", "a.sql", "b.sql"])
        for target in ["nosuch", "base", "current"] {
            try await project.apus("edit", target, environment: variables, endingWith: 64)
        }
    }

    @Test func `without an editor it is said what to set`() async throws {
        for arguments in [["edit", "head"], ["revision", "--edit"]] {
            let project = try project()
            let ended = try await project.apus(
                arguments[0],
                arguments[1],
                environment: ["EDITOR": ""],
                endingWith: 78
            )
            #expect(ended.errors.contains("Set VISUAL or EDITOR"))
            #expect(project.migrations == ["a.sql"])
        }
        let ended = try await project().apus("edit", environment: ["VISUAL": "/nosuch"], endingWith: 78)
        #expect(ended.errors.contains("VISUAL: The program /nosuch does not exist"))
    }

    @Test func `a failing editor ends with 1`() async throws {
        for (command, words) in [("false", "ended with code 1"), ("sh -c 'kill -9 $$'", "ended by signal 9")]
        {
            let ended = try await project().apus("edit", environment: ["EDITOR": command], endingWith: 1)
            #expect(ended.errors.contains(words))
        }
    }

    @Test(arguments: [
        "echo \"SELECT 'open\" >>$1", "echo '-- migrate:down\n-- migrate:down' >>$1",
        "echo '-- Revises: gone' >$1",
    ])
    func `an edit after which the files cannot be read is said, and stays`(command: String) async throws {
        let project = try project()
        let editor = try project.script(command)
        let ended = try await project.apus("edit", environment: ["EDITOR": editor], endingWith: 65)
        #expect(ended.errors.contains("saved, but migrations/a.sql"))
        #expect(try project.folder.text(of: "migrations/a.sql") != first)
    }

    @Test func `revision --edit opens what it has written`() async throws {
        let project = try project()
        let editor = try project.script("echo 'CREATE TABLE a (id int);' >>\"$1\"")
        let ended = try await project.apus(
            "revision",
            "-m",
            "x",
            "--edit",
            environment: ["EDITOR": editor],
            endingWith: 0
        )
        #expect(try project.folder.text(of: ended.paths[0]).hasSuffix("CREATE TABLE a (id int);\n"))
    }

    @Test func `Control-C belongs to the editor`() async throws {
        let project = try project()
        let editor = try project.script("kill -INT $PPID; echo survived >log")
        try await project.apus("edit", environment: ["EDITOR": editor], endingWith: 0)
        #expect(try project.folder.text(of: "log") == "survived\n")
    }
}
