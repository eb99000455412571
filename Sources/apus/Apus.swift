import ArgumentParser

/// The command line: the list of subcommands, and nothing else.
@main
struct Apus: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apus",
        abstract: "Migrates databases from plain SQL files, as one container job."
    )
}
