import Processes

/// The editor of the person at the terminal.
struct Editor {
    private let arguments: [String]
    private let source: String

    /// As everywhere: VISUAL before EDITOR, since a terminal is there.
    ///
    /// - Throws: `SettingError`.
    init(_ configuration: Configuration) throws(SettingError) {
        guard let found = configuration.variable("VISUAL") ?? configuration.variable("EDITOR") else {
            throw .missing("the editor", how: "Set VISUAL or EDITOR, such as EDITOR=vim.")
        }
        arguments = try found.arguments()
        source = found.source
    }

    /// Returns when the editor has ended; one with windows needs its option to wait.
    func open(_ paths: [String]) throws(WritingFailure) {
        let ending: Completion.Ending
        do throws(CommandError) {
            ending = try Command.runInForeground(arguments + paths, environment: processEnvironment())
        } catch {
            throw .notStarted(error, source: source)
        }
        guard ending == .exited(0) else {
            throw .program("the editor \"\(arguments.joined(separator: " "))\"", ending)
        }
    }
}
