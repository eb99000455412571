/// What can happen to a run that somebody outside may want to hear of.
///
/// The names follow Standard Webhooks: full stops between levels, from the general to the special.
package enum EventType: String, Sendable, CaseIterable {
    case runSucceeded = "run.succeeded"
    case runFailed = "run.failed"
    /// Nothing was pending.
    case runSkipped = "run.skipped"
    /// Somebody checks the webhook: every endpoint gets it, whatever its filter says.
    case test = "notify.test"
}

extension Set<EventType> {
    /// What an endpoint hears of when it does not say: the ends of runs that did something.
    ///
    /// A run with nothing to do is not among them, or every restarted pod would post a message.
    static let byDefault: Set = [.runSucceeded, .runFailed]
}
