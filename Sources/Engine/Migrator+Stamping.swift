import Ledgers
package import Revisions

extension Migrator {
    /// Says that the database is at the targets, whatever it has.
    ///
    /// - Parameter purge: Forget everything first, what no file has included.
    /// - Throws: `Failure`.
    package func stamp(_ targets: [RevisionTarget], purge: Bool) throws(Failure) {
        try withHistory { (lock, migrations, contents) throws(Failure) in
            let stamp: LedgerStamp
            do throws(RevisionError) {
                stamp = try LedgerStamp(targets, purge: purge, migrations, contents, settings)
            } catch {
                throw .target(error)
            }
            try write(stamp, as: "stamped", migrations, under: lock)
        }
    }
}
