import Glibc
package import Waiting

extension Command {
    /// Runs the program and returns once it, and everything it started, is gone.
    ///
    /// The program gets a process group of its own, an empty standard input, no file descriptor of ours and every
    /// signal at its default. At the timeout or at the interruption the whole group gets SIGTERM, and after `killAfter`
    /// SIGKILL; as long as the program lives on after that (the kernel may hold it in a read from a dead file server),
    /// so does this call.
    ///
    /// Nothing is left behind: whatever is in the group after the program ended by itself gets SIGTERM, and SIGKILL a
    /// moment later. A hook that wants something to outlive it has to start it with setsid(1).
    ///
    /// - Parameters:
    ///   - interruption: Ends the program early. When it was asked for before, nothing is started.
    ///   - line: Called on this thread with each complete line of standard error as it arrives, without the line's end,
    ///     with control characters escaped, and cut at 2,000 bytes.
    package func run(
        or interruption: Interruption,
        observe line: (String) -> Void
    ) throws(CommandError) -> Completion {
        guard !interruption.isRequested else { return .notStarted }
        let start = ContinuousClock.now
        return try withoutActuallyEscaping(line) { observe throws(CommandError) in
            var child = try RunningCommand(self, observe: observe)
            let end = child.wait(for: .ended, until: .after(timeout), or: interruption)
            if end == .reached { child.waitForLastWords() }
            child.endGroup(within: end == .reached ? RunningCommand.moment : killAfter)
            child.waitForLastWords()
            return try child.completion(end, after: ContinuousClock.now - start)
        }
    }
}
