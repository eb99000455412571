/// How a program that was started came to its end, and what it left to read.
package struct Completion: Sendable, Hashable {
    /// What ended a program.
    package enum Ending: Sendable, Hashable {
        /// It ended by itself, with this code.
        case exited(Int32)
        /// A signal that we did not send ended it.
        case signaled(Int32)
        /// Its time was over, and we ended it.
        case timedOut
        /// The interruption was asked for, and we ended it, or did not start it at all.
        case interrupted
    }

    package var ending: Ending
    /// The first bytes of its standard output.
    package var standardOutput: [UInt8]
    /// Whether there was more standard output than was kept.
    package var isOutputCut: Bool
    /// The last lines of its standard error, as they were observed.
    package var errorTail: String
    package var duration: Duration

    /// What is told of a program when the interruption came before it.
    static let notStarted = Completion(
        ending: .interrupted,
        standardOutput: [],
        isOutputCut: false,
        errorTail: "",
        duration: .zero
    )
}

extension Completion.Ending {
    /// Reads what waitpid(2) says; its macros are not there in Swift.
    init(status: Int32) {
        let signal = status & 0x7F
        self = signal == 0 ? .exited(status >> 8 & 0xFF) : .signaled(signal)
    }
}
