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
        unsafe unsetenv("SSLKEYLOGFILE")
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            exit(withError: error)
        }
    }

    /// What SIGTERM and SIGINT ask for. A container has 30 seconds from the one to SIGKILL, unless its manifest says else.
    static let interruption = Interruption.onSignals(gracePeriod: 25)
}
