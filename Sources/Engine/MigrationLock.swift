import Database
import Digests
import Ledgers

/// The lock of one history while it is held, and the session that holds it.
final class MigrationLock {
    /// Held by the session for the whole job.
    let key: LockKey
    /// Held by each transaction: the second line, should the first have been lost unnoticed.
    let transactionKey: LockKey
    /// Replaced only after a lost connection, by one that has taken the lock anew.
    var session: any Session
    var ledger: any Ledger

    init(of ledger: any Ledger, on session: any Session) {
        let digest = SHA256.digest(of: Array(ledger.lockName.utf8))
        key = LockKey(number: Self.number(digest.span.extracting(0..<8)))
        transactionKey = LockKey(number: Self.number(digest.span.extracting(8..<16)))
        self.session = session
        self.ledger = ledger
    }

    /// A statement that fails its transaction when the lock is not ours any more.
    var proof: String { "SELECT \(session.proof(of: key, within: transactionKey))" }

    /// What changes the ledger, with the proof before it. As a condition of the changes nobody would look at it where their row
    /// is gone, and two runners could undo one revision.
    func proven(_ statements: [String]) -> [String] { [proof] + statements }

    /// Brings back the settings of the session, whatever a migration has made of them.
    func restoreSession() throws(DatabaseError) {
        try session.execute(session.restoration.joined(separator: ";"))
    }

    private static func number(_ bytes: Span<UInt8>) -> Int64 {
        Int64(bitPattern: bytes.indices.reduce(0) { $0 << 8 | UInt64(bytes[$1]) })
    }
}
