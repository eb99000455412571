/// One program to run for a hook: what it is called with, what it sees, and how long it may take.
package struct Command: Sendable {
    /// The program and its arguments. A name without a slash is looked up in the PATH of `environment`.
    package var arguments: [String]
    /// All the variables the program sees; nothing is inherited.
    package var environment: [String: String]
    /// Where the program starts; nil is our own working directory.
    package var workingDirectory: String?
    /// How long the program may run before it is asked to end.
    package var timeout: Duration
    /// How long the program has, once it was asked to end with SIGTERM, until SIGKILL ends it.
    package var killAfter: Duration
    /// How many bytes of its standard output are kept, counted from the beginning.
    package var outputLimit: Int
    /// How many bytes of its standard error are kept, counted from the end.
    package var tailLimit: Int

    package init(
        _ arguments: [String],
        environment: [String: String],
        workingDirectory: String? = nil,
        timeout: Duration,
        killAfter: Duration = .seconds(10),
        outputLimit: Int = 64 * 1024,
        tailLimit: Int = 4 * 1024
    ) {
        self.arguments = arguments
        self.environment = environment
        self.workingDirectory = workingDirectory
        self.timeout = timeout
        self.killAfter = killAfter
        self.outputLimit = outputLimit
        self.tailLimit = tailLimit
    }
}
