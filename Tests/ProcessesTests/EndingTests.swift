import Glibc
import Testing
import Waiting

@testable import Processes

@Suite struct EndingTests {
    @Test func `at the timeout it is asked to end, and its last words are kept`() throws {
        let script = "trap 'echo bye; echo last >&2; exit 3' TERM; while :; do sleep 0.01; done"
        let completion = try shell(script, timeout: .milliseconds(150)).run()
        #expect(completion.ending == .timedOut)
        #expect(completion.text == "bye")
        // Before it, some shells tell that their sleep was ended too.
        #expect(completion.errorTail.hasSuffix("last"))
        #expect(completion.duration < .seconds(3))
    }

    @Test func `what ignores SIGTERM is killed`() throws {
        let script = "trap '' TERM; echo $$; sleep 60"
        let completion = try shell(script, timeout: .milliseconds(100), killAfter: .milliseconds(100)).run()
        #expect(completion.ending == .timedOut)
        #expect(completion.duration >= .milliseconds(200))
        #expect(completion.duration < .seconds(4))
        #expect(!isAlive(completion.text))
    }

    @Test func `an interruption ends it at once`() throws {
        let (interruption, request) = Interruption.manual()
        let completion = try shell("echo ready >&2; sleep 60").run(or: interruption) { _ in request() }
        #expect(completion.ending == .interrupted)
        #expect(completion.errorTail == "ready")
        #expect(completion.duration < .seconds(4))
    }

    @Test func `an interruption that came before starts nothing`() throws {
        try withFolder { folder in
            let (interruption, request) = Interruption.manual()
            request()
            let completion = try shell("touch \(folder)/started").run(or: interruption)
            #expect(completion.ending == .interrupted)
            #expect(access("\(folder)/started", F_OK) != 0)
        }
    }

    @Test func `an ending of its own is told although the timeout was near`() throws {
        let completion = try shell("sleep 0.05; exit 4", timeout: .seconds(10)).run()
        #expect(completion.ending == .exited(4))
    }

    @Test func `the whole group ends at a timeout`() throws {
        let completion = try shell("sleep 60 & echo $!; wait", timeout: .milliseconds(150)).run()
        #expect(completion.ending == .timedOut)
        #expect(Int(completion.text) != nil)
        #expect(!isAlive(completion.text))
    }

    @Test func `at a timeout the others of the group get their time too`() throws {
        let patient = "(trap 'sleep 0.3; echo cleaned; exit' TERM; while :; do sleep 0.01; done) &"
        let completion = try shell("\(patient) sleep 60", timeout: .milliseconds(150)).run()
        #expect(completion.ending == .timedOut)
        #expect(completion.text == "cleaned")
    }

    @Test func `a grandchild that keeps the pipes open holds nobody, and is ended`() throws {
        let completion = try shell("sleep 60 & echo $!; exit 5").run()
        #expect(completion.ending == .exited(5))
        #expect(completion.duration < .seconds(3))
        #expect(!isAlive(completion.text))
    }

    @Test func `a silent grandchild is ended as well, even if it ignores SIGTERM`() throws {
        let script = "(trap '' TERM; exec sleep 60) >/dev/null 2>&1 & echo $!; sleep 0.1"
        let completion = try shell(script).run()
        #expect(completion.ending == .exited(0))
        #expect(completion.duration < .seconds(3))
        #expect(!isAlive(completion.text))
    }

    @Test func `a grandchild's last words right after the end are kept`() throws {
        let completion = try shell("(sleep 0.05; echo late) & exit 0").run()
        #expect(completion.text == "late")
    }

    @Test func `one that left the group is left alone, and holds nobody`() throws {
        let completion = try shell("setsid sleep 20 & echo $!; sleep 0.1").run()
        defer { Int32(completion.text).map { _ = kill($0, SIGKILL) } }
        #expect(completion.ending == .exited(0))
        #expect(completion.duration < .seconds(15))
    }

    @Test func `one that closes its pipes early is waited for`() throws {
        let completion = try shell("exec >&- 2>&-; sleep 0.2; exit 6").run()
        #expect(completion.ending == .exited(6))
        #expect(completion.duration >= .milliseconds(200))
    }

    @Test func `one that never stops writing is ended at its timeout`() throws {
        let completion = try shell("yes >&2 & yes", timeout: .milliseconds(100)).run()
        #expect(completion.ending == .timedOut)
        #expect(completion.isOutputCut)
        #expect(completion.duration < .seconds(4))
    }

    @Test func `an ending that somebody else took is not guessed`() throws {
        let child = try shell("exit 0").spawn("/bin/sh", output: STDOUT_FILENO, errors: STDERR_FILENO)
        waitpid(child, nil, 0)
        var group = ProcessGroup(leader: child)
        #expect(group.hasEnded)
        let isGone = group.isGone()
        #expect(isGone)
        #expect(group.status == nil)
    }
}
