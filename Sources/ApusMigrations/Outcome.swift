import Engine

/// What an upgrade did.
public struct Outcome: Sendable, Hashable {
    /// One revision that it applied.
    public struct Step: Sendable, Hashable {
        /// Its ID.
        public let revision: String
        /// The title in the file, or the words of its name.
        public let title: String
        /// How long it took.
        public let took: Duration
    }

    /// The revisions applied, in order.
    public let applied: [Step]
    /// The heads of what was applied before.
    public let from: [String]
    /// The heads of what is applied now.
    public let at: [String]
    /// How the ledger and the server's log call this run.
    public let run: String

    init(_ report: Report) {
        applied = report.revisions.map { step in
            Step(revision: step.revision, title: step.description, took: .milliseconds(step.ms))
        }
        from = report.from
        at = report.at
        run = report.run
    }
}
