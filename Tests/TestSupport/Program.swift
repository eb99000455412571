package import Glibc
import Waiting

/// A program that a test has started: its output goes to files, so that nobody has to read while it runs.
package final class Program {
    package enum Ending: Equatable {
        case exited(Int32)
        case signaled(Int32)
    }

    package struct TookTooLong: Error, CustomStringConvertible {
        package let description: String
        package init(description: String) { self.description = description }
    }

    package let pid: pid_t
    private let outputs: (standard: String, error: String)
    private var status: Int32?

    /// - Parameters:
    ///   - arguments: The program's path and its arguments.
    ///   - environment: All variables that it gets.
    ///   - name: What its files of output begin with.
    package init(_ arguments: [String], environment: [String: String], output name: String) throws {
        outputs = ("\(name).out", "\(name).err")
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        for (descriptor, path) in [(Int32(1), outputs.standard), (2, outputs.error)] {
            posix_spawn_file_actions_addopen(&actions, descriptor, path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        }
        var signals = sigset_t()
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        // A group of its own: what it leaves behind can be found, and can be ended.
        posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
        posix_spawnattr_setflags(&attributes, Int16(flags))
        var argv = arguments.map { strdup($0) } + [nil]
        var envp = environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { (argv + envp).forEach { free($0) } }
        var pid: pid_t = 0
        let code = posix_spawn(&pid, arguments[0], &actions, &attributes, &argv, &envp)
        guard code == 0 else { throw TookTooLong(description: "\(arguments[0]) does not start: \(code)") }
        self.pid = pid
    }

    deinit {
        guard status == nil else { return }
        kill(-pid, SIGKILL)
        waitpid(pid, nil, 0)
    }

    /// What it has written so far.
    package var standardOutput: String { (try? contents(of: outputs.standard)) ?? "" }
    package var standardError: String { (try? contents(of: outputs.error)) ?? "" }

    package var isRunning: Bool {
        if status == nil, waitpid(pid, &rawStatus, WNOHANG) == pid { status = rawStatus }
        return status == nil
    }
    private var rawStatus: Int32 = 0

    /// How it ended, or nil while it runs.
    package var ending: Ending? {
        guard !isRunning, let status else { return nil }
        return status & 0x7F == 0 ? .exited(status >> 8 & 0xFF) : .signaled(status & 0x7F)
    }

    package func send(_ signal: Int32) {
        if isRunning { kill(pid, signal) }
    }

    /// Waits until it has ended; one that takes longer than `limit` is killed, and the test fails.
    package func end(within limit: Duration = .seconds(40)) async throws -> Ending {
        let deadline = Deadline.after(limit)
        while true {
            if let ending { return ending }
            guard !deadline.hasPassed else { break }
            try await Task.sleep(for: .milliseconds(5))
        }
        kill(-pid, SIGKILL)
        throw TookTooLong(
            description: "process \(pid) did not end in \(limit): \(standardOutput)\(standardError)"
        )
    }
}

/// Looks again and again until the condition holds, and fails after `limit`.
package func eventually(
    within limit: Duration = .seconds(20),
    _ what: String = "the condition",
    _ condition: () throws -> Bool
) async throws {
    let deadline = Deadline.after(limit)
    while try !condition() {
        guard !deadline.hasPassed else {
            throw Program.TookTooLong(description: "\(what) did not come true in \(limit)")
        }
        try await Task.sleep(for: .milliseconds(10))
    }
}
