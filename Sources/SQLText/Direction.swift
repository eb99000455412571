/// Which way a section takes the database.
package enum Direction: String, Sendable, Hashable, CaseIterable {
    /// To the revision.
    case up
    /// Back to the one before.
    case down
}
