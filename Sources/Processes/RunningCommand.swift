import Glibc
import Waiting

/// A program from its start to its end: takes in what it writes, and waits for what becomes of it.
struct RunningCommand: ~Copyable {
    /// What can be waited for.
    enum Milestone {
        /// The program itself has ended.
        case ended
        /// Nobody holds the other end of its pipes any more.
        case silent
        /// It has ended, and so has everything else in its process group.
        case gone
    }

    /// What ended a wait.
    enum Outcome { case reached, deadlinePassed, interrupted }

    /// How long we let ourselves be held by what a program left behind.
    static let moment: Duration = .milliseconds(200)

    private let name: String
    private var group: ProcessGroup
    private var output: Pipe
    private var errors: Pipe
    private var kept: CappedBytes
    private var lines: ErrorLines

    /// Starts the program.
    init(_ command: Command, observe: @escaping (String) -> Void) throws(CommandError) {
        let program = try command.program()
        var output = try Pipe()
        var errors = try Pipe()
        let leader = try command.spawn(program, output: output.writer, errors: errors.writer)
        output.closeWriter()
        errors.closeWriter()
        self.output = output
        self.errors = errors
        group = ProcessGroup(leader: leader)
        name = command.arguments[0]
        kept = CappedBytes(limit: command.outputLimit)
        lines = ErrorLines(tailLimit: command.tailLimit, observe: observe)
    }

    /// Takes in what the program writes until the milestone is reached.
    mutating func wait(
        for milestone: Milestone,
        until deadline: Deadline,
        or interruption: Interruption = .none
    ) -> Outcome {
        // No descriptor becomes readable when a child ends: a grandchild may hold the pipes. So we look now and then.
        var rhythm = Backoff(first: .milliseconds(1), cap: .milliseconds(20), jitter: 0)
        while !hasReached(milestone) {
            if deadline.hasPassed { return .deadlinePassed }
            if read(for: min(rhythm.pause(), deadline.remaining), or: interruption) { return .interrupted }
        }
        return .reached
    }

    /// Reads what is still in the pipes, without being held by somebody who keeps them open.
    mutating func waitForLastWords() {
        _ = wait(for: .silent, until: .after(Self.moment))
    }

    /// Asks the whole group to end, and makes it end when it did not within `grace`.
    mutating func endGroup(within grace: Duration) {
        group.send(SIGTERM)
        guard wait(for: .gone, until: .after(grace)) != .reached else { return }
        group.send(SIGKILL)
        _ = wait(for: .ended, until: .never)
        // The others die too, but the kernel may take its time with one; we do not.
        _ = wait(for: .gone, until: .after(Self.moment))
    }

    /// What is to be told, once the group was ended; `end` is how the program's own time was over.
    mutating func completion(
        _ end: Outcome,
        after duration: Duration
    ) throws(CommandError) -> Completion {
        lines.finish()
        return Completion(
            ending: try ending(end),
            standardOutput: kept.bytes,
            isOutputCut: kept.isCut,
            errorTail: lines.tail,
            duration: duration
        )
    }

    private func ending(_ end: Outcome) throws(CommandError) -> Completion.Ending {
        switch (end, group.status) {
        case (.deadlinePassed, _): .timedOut
        case (.interrupted, _): .interrupted
        case (.reached, let status?): Completion.Ending(status: status)
        case (.reached, nil): throw .endingLost(name)
        }
    }

    private mutating func hasReached(_ milestone: Milestone) -> Bool {
        switch milestone {
        case .ended: group.hasEnded
        case .silent: output.isAtEnd && errors.isAtEnd
        case .gone: group.isGone()
        }
    }

    /// Reads what there is, or waits for something to read.
    ///
    /// - Returns: Whether the interruption was asked for.
    private mutating func read(for duration: Duration, or interruption: Interruption) -> Bool {
        var polled = [output.reader, errors.reader, interruption.fileDescriptor]
            .map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        guard poll(&polled, 3, Int32(max(1, duration.milliseconds))) > 0 else { return false }
        if polled[0].revents != 0 { kept.append(output.read()) }
        if polled[1].revents != 0 { lines.append(errors.read()) }
        return polled[2].revents != 0
    }
}
