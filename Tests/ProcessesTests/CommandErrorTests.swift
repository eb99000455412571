import Glibc
import Testing

@testable import Processes

@Suite struct CommandErrorTests {
    private func command(_ arguments: String..., path: String? = path) -> Command {
        let environment = path.map { ["PATH": $0] } ?? [:]
        return Command(arguments, environment: environment, timeout: .seconds(5))
    }

    @Test func `a program that is not in PATH is named with the PATH`() {
        #expect(throws: CommandError.notFound("no-such-hook", path: path)) {
            try command("no-such-hook").run()
        }
        #expect(throws: CommandError.notFound("sh", path: nil)) { try command("sh", path: nil).run() }
    }

    @Test func `a path that leads nowhere is named`() {
        #expect(throws: CommandError.noSuchFile("/no/such/hook")) { try command("/no/such/hook").run() }
    }

    @Test func `a command without a program is refused`() {
        #expect(throws: CommandError.noProgram) { try command().run() }
        #expect(throws: CommandError.noProgram) { try command("").run() }
    }

    @Test func `a file that may not be executed is named, and so is a folder`() throws {
        try withFolder { folder in
            write("#!/bin/sh\n", to: "\(folder)/hook", mode: 0o600)
            #expect(throws: CommandError.notExecutable("\(folder)/hook")) {
                try command("\(folder)/hook").run()
            }
            #expect(throws: CommandError.notExecutable("\(folder)/hook")) {
                try command("hook", path: folder).run()
            }
            #expect(throws: CommandError.notExecutable(folder)) { try command(folder).run() }
        }
    }

    @Test func `the look-up goes on behind a file that may not be executed`() throws {
        try withFolder { folder in
            write("", to: "\(folder)/true", mode: 0o600)
            let completion = try command("true", path: "\(folder):\(path)").run()
            #expect(completion.ending == .exited(0))
        }
    }

    @Test func `the working directory is never searched`() throws {
        try withFolder { folder in
            write("#!/bin/sh\n", to: "\(folder)/hook", mode: 0o700)
            var hook = command("hook", path: ":.:/usr/bin")
            hook.workingDirectory = folder
            #expect(throws: CommandError.notFound("hook", path: ":.:/usr/bin")) { try hook.run() }
        }
    }

    @Test func `a missing interpreter is told from a missing file`() throws {
        try withFolder { folder in
            write("#!/no/such/sh\n", to: "\(folder)/hook", mode: 0o700)
            let error = #expect(throws: CommandError.notStarted("\(folder)/hook", errno: ENOENT)) {
                try command("\(folder)/hook").run()
            }
            #expect(error?.description.contains("the interpreter in its first line") == true)
        }
    }

    @Test func `a script without a first line for the kernel is not started`() throws {
        try withFolder { folder in
            write("echo hello\n", to: "\(folder)/hook", mode: 0o700)
            #expect(throws: CommandError.notStarted("\(folder)/hook", errno: ENOEXEC)) {
                try command("\(folder)/hook").run()
            }
        }
    }

    @Test func `a missing working directory is named`() {
        var hook = command("true")
        hook.workingDirectory = "/no/such/folder"
        #expect(throws: CommandError.noSuchDirectory("/no/such/folder")) { try hook.run() }
    }

    @Test func `a NUL byte is refused rather than cutting what follows`() {
        #expect(throws: CommandError.containsNUL(in: "argument 1")) { try command("echo", "a\0b").run() }
        var hook = command("true")
        hook.environment["SECRET"] = "a\0b"
        #expect(throws: CommandError.containsNUL(in: "the variable SECRET")) { try hook.run() }
    }
}
