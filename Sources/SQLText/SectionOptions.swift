/// What the words behind a marker ask for; nil is what they do not mention.
package struct SectionOptions: Sendable, Hashable {
    /// `transaction:true|false`: whether the section runs in one transaction.
    package internal(set) var transaction: Bool?
    /// `lock_timeout:2s`. Zero means none.
    package internal(set) var lockTimeout: Duration?
    /// `statement_timeout:10m`. Zero means none.
    package internal(set) var statementTimeout: Duration?

    /// Options as given; none by default.
    package init(transaction: Bool? = nil, lockTimeout: Duration? = nil, statementTimeout: Duration? = nil) {
        self.transaction = transaction
        self.lockTimeout = lockTimeout
        self.statementTimeout = statementTimeout
    }
}
