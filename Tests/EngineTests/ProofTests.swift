import Database
import Postgres
import Revisions
import TestSupport
import Testing

@testable import Engine
@testable import Ledgers

/// What changes a ledger, on a real server, when the lock is not held.
@Suite(.enabled(if: TestServer.isPresent, "\(TestServer.hint)"), .timeLimit(.minutes(1)))
struct ProofTests {
    @Test(
        arguments: [LedgerKind.apus, .alembic(table: "alembic_version", schema: nil)],
        [Plan.Direction.up, .down]
    )
    func `nothing is recorded without the lock, also where no row is there to be changed`(
        kind: LedgerKind,
        direction: Plan.Direction
    ) throws {
        let database = try TestDatabase.make()
        defer { database.drop() }
        let session = try database.connect()
        let ledger = try kind.locate(on: session, schema: nil)
        let statements = ledger.statements
        for statement in statements.creation { try session.execute(statement) }
        let lock = MigrationLock(of: ledger, on: session)
        let change: RowChange = direction == .up ? .insert("a") : .delete("a")
        let record = LedgerRecord(
            revision: "a",
            direction: direction,
            checksum: "",
            description: "",
            runID: "",
            toolVersion: "",
            transition: RowTransition([change], to: direction == .up ? ["a"] : [])
        )
        let stamp = LedgerStamp(added: [], removed: ["a"], unbegun: [], transition: RowTransition([], to: []))
        let changes = [
            statements.done(record), statements.begun(record), statements.finished(record),
            [statements.progressed(record, done: 1, checksum: "")], statements.stamped(stamp),
            statements.repaired([record]),
        ]
        for change in changes {
            let error = #expect(throws: DatabaseError.self) {
                try session.execute(lock.proven(change).joined(separator: ";"))
            }
            #expect(error?.message.contains(LockKey.lostMessage) == true)
        }
        #expect(try session.tryLock(lock.key))
        try session.execute("BEGIN;\(lock.proven(statements.begun(record)).joined(separator: ";"));ROLLBACK")
    }

    @Test func `while another transaction proves the lock, nobody else does, whoever seems to hold it`()
        throws
    {
        let database = try TestDatabase.make()
        defer { database.drop() }
        let (session, other) = (try database.connect(), try database.connect())
        let ledger = try LedgerKind.apus.locate(on: session, schema: nil)
        for statement in ledger.statements.creation { try session.execute(statement) }
        let lock = MigrationLock(of: ledger, on: session)
        #expect(try session.tryLock(lock.key))
        // As it is when a migration has given the lock back once: it is free for an instant of each proof, and another runner takes
        // it then.
        try other.execute("BEGIN; SELECT pg_advisory_xact_lock(\(lock.transactionKey.number))")
        let error = #expect(throws: DatabaseError.self) { try session.execute(lock.proof) }
        #expect(error?.message.contains(LockKey.lostMessage) == true)
        try other.execute("COMMIT")
        try session.execute(lock.proof)
        #expect(lock.key != lock.transactionKey)
    }
}
