/// What the leading keywords of a statement tell a runner. Nothing here judges whether the statement is right.
package enum StatementKind: Sendable, Hashable {
    /// BEGIN or START TRANSACTION.
    case begin
    /// COMMIT or END.
    case commit
    /// ROLLBACK or ABORT, but not to a savepoint.
    case rollback
    /// SAVEPOINT, RELEASE or ROLLBACK TO.
    case savepoint
    /// Ends the transaction in another way: AND CHAIN, PREPARE TRANSACTION.
    case otherTransactionControl
    /// COPY … FROM STDIN: its rows are in the script.
    case copyFromStdin
    /// CREATE INDEX CONCURRENTLY.
    case createIndexConcurrently(IndexName)
    /// DROP INDEX CONCURRENTLY.
    case dropIndexConcurrently([QualifiedName])
    /// ALTER TYPE … ADD VALUE: the value can be used only after the commit.
    case alterTypeAddValue
    /// The server refuses it inside a transaction block, as it does CREATE and DROP INDEX CONCURRENTLY.
    case notInTransaction
    /// A setting of the session that is without effect, and without harm, inside a transaction: a PRAGMA of SQLite.
    case withoutEffectInTransaction
    /// Everything else.
    case other
}
