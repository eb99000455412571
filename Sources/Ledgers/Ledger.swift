package import Database
package import Revisions

/// Where applied revisions are read and recorded: a table of the migrated database.
package protocol Ledger {
    var schema: String { get }
    /// Whether the table is there.
    var exists: Bool { get }
    /// What the lock is named after: one history, one lock.
    var lockName: String { get }
    /// What changes it.
    var statements: any LedgerStatements { get }

    /// What it holds.
    ///
    /// - Parameter details: Whether more is wanted than a run with nothing to do looks at, which takes three times as long.
    /// - Throws: `DatabaseError`.
    func rows(details: Bool) throws(DatabaseError) -> LedgerRows

    /// Notes that a run has begun to change the database; nothing where there is no place for it.
    ///
    /// - Throws: `DatabaseError`.
    func begin(_ run: RunRecord) throws(DatabaseError)

    /// Notes the artefact of the backup as soon as there is one.
    ///
    /// - Throws: `DatabaseError`.
    func note(backup json: String, of run: String) throws(DatabaseError)

    /// Notes how a run has ended.
    ///
    /// - Throws: `DatabaseError`.
    func finish(_ run: String, outcome: String, exitCode: Int32, error: String?) throws(DatabaseError)
}

/// What stands in a ledger's table, before the files say what it means.
package enum LedgerRows: Sendable {
    /// Every revision, in the order they were applied.
    case journal([LedgerEntry])
    /// The current heads, which stand for everything below them; and what is half done.
    case heads([Revision.ID], begun: [LedgerEntry])
}
