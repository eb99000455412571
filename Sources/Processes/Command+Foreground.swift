import Glibc

extension Command {
    /// Runs a program for the person at the terminal, as system(3) does, and returns once it has ended: an editor.
    ///
    /// It has our input, output and process group. While it runs Control-C is its own, not ours.
    ///
    /// - Throws: `CommandError` when it cannot be started.
    package static func runInForeground(
        _ arguments: [String],
        environment: [String: String]
    ) throws(CommandError) -> Completion.Ending {
        let command = Command(arguments, environment: environment, timeout: .zero)
        let program = try command.program()
        let handlers = [SIGINT, SIGQUIT].map { ($0, signal($0, SIG_IGN)) }
        defer { for (number, handler) in handlers { signal(number, handler) } }
        let child = try command.spawnInForeground(program)
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 {
            guard errno == EINTR else { throw .endingLost(program) }
        }
        return Completion.Ending(status: status)
    }
}
