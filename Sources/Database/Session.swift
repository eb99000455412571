/// One row of a result: each cell as text, or nil for NULL.
package typealias Row = [String?]

/// A session with one database: what the engine needs of it, and no more.
///
/// It belongs to one thread. Every call blocks until the database has answered, the session is lost, or the interruption
/// was asked for; then the running statement is cancelled before the call throws.
package protocol Session: AnyObject {
    /// What was learned about the database when the session began.
    var server: ServerFacts { get }

    /// Runs one statement with `$1`-style parameters.
    ///
    /// - Throws: `DatabaseError`.
    func query(_ sql: String, _ parameters: [String?]) throws(DatabaseError) -> [Row]

    /// Sends a text of any number of statements in one round trip and drops what they return.
    ///
    /// - Throws: `DatabaseError`, whose position counts in `message.text`.
    func execute(_ message: Message) throws(DatabaseError)

    /// The string as a literal that is safe in a statement.
    func literal(_ value: String?) -> String

    /// The name quoted for a statement.
    func identifier(_ name: String) -> String

    /// Ends a transaction that a failed statement left open. A session that is lost stays lost; nothing is thrown.
    func rollBack()
}

extension Session {
    /// Runs one statement without parameters.
    package func query(_ sql: String) throws(DatabaseError) -> [Row] {
        try query(sql, [])
    }

    /// Sends statements of our own.
    package func execute(_ sql: String) throws(DatabaseError) {
        try execute(Message(generated: sql))
    }
}
