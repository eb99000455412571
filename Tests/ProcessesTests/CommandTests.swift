import Glibc
import Testing
import Waiting

@testable import Processes

@Suite struct CommandTests {
    @Test(arguments: [0, 1, 75, 255] as [Int32])
    func `an exit code is told`(code: Int32) throws {
        let completion = try shell("exit \(code)").run()
        #expect(completion.ending == .exited(code))
    }

    @Test func `a signal that ends it is told`() throws {
        let completion = try shell("kill -9 $$").run()
        #expect(completion.ending == .signaled(9))
    }

    @Test func `standard output is kept apart from standard error`() throws {
        let completion = try shell("echo out; echo err >&2; printf more").run()
        #expect(completion.standardOutput == Array("out\nmore".utf8))
        #expect(!completion.isOutputCut)
        #expect(completion.errorTail == "err")
    }

    @Test func `of a long standard output the beginning is kept`() throws {
        var command = shell("printf begin; head -c 300000 /dev/zero; echo done >&2")
        command.outputLimit = 1000
        let completion = try command.run()
        #expect(completion.standardOutput.count == 1000)
        #expect(completion.standardOutput.starts(with: "begin".utf8))
        #expect(completion.isOutputCut)
        #expect(completion.errorTail == "done")
        #expect(completion.ending == .exited(0))
    }

    @Test func `an output that just fits is not cut`() throws {
        var command = shell("printf 12345")
        command.outputLimit = 5
        let completion = try command.run()
        #expect(completion.text == "12345")
        #expect(!completion.isOutputCut)
    }

    @Test func `lines of standard error arrive in order, the unfinished last one too`() throws {
        var lines: [String] = []
        let completion = try shell("for i in 1 2 3; do echo line $i >&2; done; printf end >&2")
            .run(or: .none) { lines.append($0) }
        #expect(lines == ["line 1", "line 2", "line 3", "end"])
        #expect(completion.errorTail == "line 1\nline 2\nline 3\nend")
    }

    @Test func `a line is observed while the program still runs`() throws {
        try withFolder { folder in
            // The program waits for what only the observer makes.
            let script = "echo ready >&2; until [ -e \(folder)/seen ]; do sleep 0.01; done"
            let completion = try shell(script).run(or: .none) { _ in
                write("", to: "\(folder)/seen", mode: 0o600)
            }
            #expect(completion.ending == .exited(0))
        }
    }

    @Test func `the environment is the given one and nothing else`() throws {
        let command = Command(
            ["/usr/bin/env"],
            environment: ["B": "2=2", "A": "one two", "EMPTY": ""],
            timeout: .seconds(5)
        )
        let completion = try command.run()
        #expect(completion.text == "A=one two\nB=2=2\nEMPTY=")
    }

    @Test func `arguments arrive as they are`() throws {
        let command = Command(
            ["printf", "<%s>", "a b", "", "*", "$HOME", "\n'\""],
            environment: ["PATH": path],
            timeout: .seconds(5)
        )
        let completion = try command.run()
        #expect(completion.text == "<a b><><*><$HOME><\n'\">")
    }

    @Test func `standard input is empty`() throws {
        let completion = try shell("cat; readlink /proc/self/fd/0").run()
        #expect(completion.text == "/dev/null")
    }

    @Test func `it starts in the given folder, and a relative name begins there`() throws {
        try withFolder { folder in
            write("#!/bin/sh\npwd\n", to: "\(folder)/hook.sh", mode: 0o700)
            let completion = try Command(
                ["./hook.sh"],
                environment: [:],
                workingDirectory: folder,
                timeout: .seconds(5)
            ).run()
            #expect(completion.text == folder)
        }
    }

    @Test(arguments: ["SigIgn", "SigBlk"])
    func `it inherits no ignored and no blocked signal`(field: String) throws {
        signal(SIGPIPE, SIG_IGN)
        let completion = try shell("sed -n 's/^\(field):.//p' /proc/self/status").run()
        let signals = try #require(UInt64(completion.text, radix: 16))
        // 32 and 33 are glibc's own; posix_spawn(3) itself ignores them in the child.
        #expect(signals & ~(1 << 31 | 1 << 32) == 0)
    }

    @Test func `it leads a process group of its own`() throws {
        let completion = try shell("set -- $(cat /proc/$$/stat); [ $5 = $$ ] && echo leader").run()
        #expect(completion.text == "leader")
    }

    @Test func `it inherits no file descriptor`() throws {
        // One that is not marked close-on-exec, as a library might open it.
        let open = dup(STDIN_FILENO)
        defer { close(open) }
        // The fourth is the folder that ls reads.
        let completion = try shell("exec ls /proc/self/fd").run()
        #expect(completion.text == "0\n1\n2\n3")
    }

    @Test func `a run leaves no file descriptor open`() throws {
        func count() throws -> Int {
            var command = shell("ls /proc/\(getpid())/fd | wc -l")
            command.timeout = .seconds(5)
            return Int(try command.run().text) ?? 0
        }
        let before = try count()
        for _ in 0..<20 { _ = try shell(":").run() }
        // Other tests run beside this one; two descriptors for each run would be 40.
        #expect(try count() - before < 20)
    }
}
