import Database
import Postgres
import Revisions
import TestSupport
import Testing

@testable import Ledgers

/// The statements of the ledger, on a real server, when the lock is not held.
@Suite(.enabled(if: TestServer.isPresent, "\(TestServer.hint)"), .timeLimit(.minutes(1)))
struct ProofTests {
    @Test(arguments: [Plan.Direction.up, .down])
    func `nothing is recorded without the lock, also where no row is there to be changed`(
        direction: Plan.Direction
    )
        throws
    {
        let database = try TestDatabase.make()
        defer { database.drop() }
        let session = try database.connect()
        let ledger = NativeStatements(schema: "public", dialect: PostgresLedgerDialect())
        for statement in ledger.creation { try session.execute(statement) }
        let proof = session.proof(of: LockKey(number: 1), within: LockKey(number: 2))
        let record = LedgerRecord(
            revision: "a",
            direction: direction,
            checksum: "",
            description: "",
            runID: "",
            toolVersion: "",
            transition: nil
        )
        for statements in [ledger.done(record, proof: proof), ledger.finished(record, proof: proof)] {
            let error = #expect(throws: DatabaseError.self) {
                try session.execute(statements.joined(separator: ";"))
            }
            #expect(error?.message.contains(LockKey.lostMessage) == true)
        }
    }
}
