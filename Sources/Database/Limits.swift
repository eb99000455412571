/// How long the statements of a migration may take.
package struct Limits: Sendable, Hashable {
    /// For each lock of somebody else's; zero leaves it to the database.
    package var lock: Duration
    /// For each statement; nil and zero set no limit.
    package var statement: Duration?

    package init(lock: Duration, statement: Duration?) {
        self.lock = lock
        self.statement = statement
    }
}
