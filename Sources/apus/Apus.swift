import ArgumentParser
import Engine
import Glibc
import Waiting

/// The command line: the list of subcommands, and how the process begins and ends.
@main
struct Apus: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apus",
        abstract: "Migrates databases from plain SQL files, as one container job.",
        discussion: """
            Every setting has an environment variable: --wait-timeout is APUS_WAIT_TIMEOUT. A variable that holds a \
            secret has a form ending in _FILE, which names a file with the value.
            """,
        version: Version.text,
        subcommands: [
            Run.self, Wait.self, Upgrade.self, Downgrade.self, Stamp.self, Adopt.self, Repair.self,
            EnsureVersion.self, Status.self, Check.self, Current.self, History.self, Heads.self,
            Branches.self, Show.self, Init.self, NewRevision.self, Merge.self, Edit.self, Explain.self,
        ],
        defaultSubcommand: nil
    )

    static func main() {
        Heap.growInLargeSteps()
        openStandardStreams()
        _ = Self.interruption
        keepSecrets()
        let words = CommandLine.arguments.dropFirst()
        do {
            if let flags = Run.plainFlags(words) {
                try Run.run(flags)
            } else {
                var command = try parseAsRoot(words.withStepsLast)
                try command.run()
            }
        } catch {
            end(with: error)
        }
        leave(EXIT_SUCCESS)
    }

    /// Whoever starts a job may close its standard streams. The next descriptor opened would take their place, the one to the
    /// database perhaps, and get what is written for people.
    private static func openStandardStreams() {
        for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(stream, F_GETFD) < 0 {
            unsafe _ = open("/dev/null", stream == STDIN_FILENO ? O_RDONLY : O_WRONLY)
        }
    }

    /// libcurl would write TLS keys to a file that the environment names, and a core dump would hold every password.
    private static func keepSecrets() {
        unsafe unsetenv("SSLKEYLOGFILE")
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    }

    /// What `exit(withError:)` does, without repeating a URL that stands on the command line in the wrong place.
    private static func end(with error: any Error) -> Never {
        let code = exitCode(for: error)
        let message = fullMessage(for: error)
        if !message.isEmpty {
            let lines = message.split(separator: "\n", omittingEmptySubsequences: false).map { line in
                code.isSuccess || line.hasPrefix("Help:") ? String(line) : withoutURLs(line)
            }
            let text = lines.joined(separator: "\n") + "\n"
            if code.isSuccess { put(text) } else { write(text, to: STDERR_FILENO) }
        }
        leave(code.rawValue)
    }

    /// Ends the process without the exit handlers of libraries: they free what goes with it, and OpenSSL's take their time.
    static func leave(_ code: Int32) -> Never {
        fflush(nil)
        _exit(code)
    }

    /// What SIGTERM and SIGINT ask for. A container has 30 seconds from the one to SIGKILL, unless its manifest says else.
    static let interruption = Interruption.onSignals(gracePeriod: 25)
}

extension Collection<String> {
    /// With arguments such as `-1` at the end, behind `--`: they are targets, not options.
    fileprivate var withStepsLast: [String] {
        let takers = ["upgrade", "downgrade", "stamp", "show", "repair"]
        guard let command = first, takers.contains(command), !contains("--") else { return Array(self) }
        let steps = filter { $0.first == "-" && Int($0) != nil }
        return steps.isEmpty ? Array(self) : filter { !steps.contains($0) } + ["--"] + steps
    }
}
