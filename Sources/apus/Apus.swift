import ArgumentParser
import Engine
import Glibc
import Waiting

/// The command line: the list of subcommands, and nothing else.
@main
struct Apus: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apus",
        abstract: "Migrates databases from plain SQL files, as one container job.",
        discussion: """
            Every option has an environment variable: --wait-timeout is APUS_WAIT_TIMEOUT. A variable that holds a \
            secret has a form ending in _FILE, which names a file with the value.
            """,
        version: Version.text,
        subcommands: [Run.self, Wait.self, Upgrade.self, Status.self, Explain.self],
        defaultSubcommand: nil
    )

    static func main() {
        _ = Self.interruption
        keepSecrets()
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            exit(withError: error)
        }
    }

    /// libcurl would write TLS keys to a file that the environment names, and a core dump would hold every password.
    private static func keepSecrets() {
        unsafe unsetenv("SSLKEYLOGFILE")
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    }

    /// What SIGTERM and SIGINT ask for. A container has 30 seconds from the one to SIGKILL, unless its manifest says else.
    static let interruption = Interruption.onSignals(gracePeriod: 25)
}
