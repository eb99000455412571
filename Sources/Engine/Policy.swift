/// What a finding about the history means.
package enum Policy: String, CaseIterable, Sendable {
    /// The run ends before anything is changed.
    case fail
    /// The run says so and goes on.
    case warn
    /// Nothing is said.
    case ok
}
