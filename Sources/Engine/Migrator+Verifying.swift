import Database
import Ledgers
import Revisions
import Scripts

extension Migrator {
    /// Reads the ledger again and compares it with what was to be done.
    func verify(_ plan: Plan, _ migrations: MigrationSet, under lock: MigrationLock) throws(Failure) {
        let entries = try database("verifying the ledger") { () throws(DatabaseError) in
            try lock.ledger.entries()
        }
        let checksums = entries.filter { $0.state == .applied }.reduce(into: [:]) {
            $0[$1.revision] = $1.checksum
        }
        for step in plan.steps {
            guard let checksum = checksums[step] else {
                throw .verification("the ledger has no record of \(step).")
            }
            guard checksum == migrations[step]?.checksum else {
                throw .verification("the ledger has another checksum for \(step) than its file.")
            }
        }
        let heads = migrations.graph.currentHeads(applied: Set(checksums.keys))
        tell(.verified(at: heads))
    }
}
