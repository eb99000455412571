import Revisions

/// The statements that change a ledger. They go to the database in the message of the migration itself, or into a script, so
/// they carry their values. Who runs them proves the lock before.
package protocol LedgerStatements: Sendable {
    /// Makes the tables. They may be run again.
    var creation: [String] { get }

    /// Records a whole migration, in the transaction that runs it.
    func done(_ record: LedgerRecord) -> [String]

    /// Notes that a migration is about to be run statement by statement, or goes on after it was interrupted.
    func begun(_ record: LedgerRecord) -> [String]

    /// Notes one more statement done; `checksum` is that of all statements done so far.
    func progressed(_ record: LedgerRecord, done: Int, checksum: String) -> String

    /// Records a migration that ran statement by statement and is through.
    func finished(_ record: LedgerRecord) -> [String]

    /// Notes that a statement was refused after others had been committed.
    func refused(_ record: LedgerRecord) -> String

    /// Takes back the note of a migration of which nothing has been done.
    func forgotten(_ record: LedgerRecord) -> String

    /// Says what is applied without applying it: half done revisions among them are no longer so.
    func stamped(_ stamp: LedgerStamp) -> [String]

    /// Accepts the files of applied revisions as they are now; nothing where no checksums are kept.
    func repaired(_ records: [LedgerRecord]) -> [String]
}
