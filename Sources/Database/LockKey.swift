/// The number of a lock in one database.
package struct LockKey: Sendable, Hashable {
    package let number: Int64

    package init(number: Int64) { self.number = number }

    /// Part of the error of a transaction that found the lock gone.
    package static let lostMessage = "apus: the lock is no longer held by this session"
}
