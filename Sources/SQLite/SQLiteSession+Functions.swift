import Database
import Glibc
import Waiting

// What a server would know of itself, and SQLite, which is a library, does not.
extension SQLiteSession {
    /// - Throws: `DatabaseError`.
    func registerFunctions() throws(DatabaseError) {
        try register("apus_limits", 2) { (session, values) throws(DatabaseError) in
            session.patience.limits = Limits(
                lock: .milliseconds(values[0]),
                statement: values[1] > 0 ? .milliseconds(values[1]) : nil
            )
            return nil
        }
        try register("apus_open", 0) { (session, _) throws(DatabaseError) in
            try session.noteForeignKeys()
            return nil
        }
        try register("apus_check", 0) { (session, _) throws(DatabaseError) in
            try session.checkTransaction()
            return nil
        }
        try register("apus_begin", 1) { (session, values) throws(DatabaseError) in
            try session.begin(resumed: values[0] != 0)
            return nil
        }
        try register("apus_finish", 0) { (session, _) throws(DatabaseError) in
            try session.finish()
            return nil
        }
        try register("apus_holds_lock", 0) { (session, _) throws(DatabaseError) in
            guard session.lock.isHeld else { throw DatabaseError(.server("55000"), LockKey.lostMessage) }
            return "1"
        }
        try register("apus_table_changed", 0) { (_, _) throws(DatabaseError) in
            throw DatabaseError(.server("55000"), LedgerRefusal.changedMessage)
        }
        try register("apus_transaction_ms", 0) { (session, _) throws(DatabaseError) in
            let took = session.transaction.map { ContinuousClock.now - $0.began } ?? .zero
            return String(took.milliseconds)
        }
        try register("apus_user", 0) { (session, _) throws(DatabaseError) in session.server.user }
    }

    private func register(
        _ name: String,
        _ arguments: Int32,
        _ body: @escaping (SQLiteSession, [Int64]) throws(DatabaseError) -> String?
    ) throws(DatabaseError) {
        try SQLFunction.register(name, arguments: arguments, in: self) {
            [unowned self] (values) throws(DatabaseError) in
            try body(self, values)
        }
    }

    private func noteForeignKeys() throws(DatabaseError) {
        let version = try rows(of: "PRAGMA data_version").first?[0]
        if let lastCheck, lastCheck.dataVersion == version {
            transaction = OpenTransaction(before: lastCheck)
        } else {
            let violations = try ForeignKeyViolations(in: self)
            transaction = OpenTransaction(
                before: ForeignKeyCheck(violations: violations, dataVersion: version)
            )
        }
        lastCheck = nil
    }

    /// Before a migration is recorded: is its transaction still open, and does every row refer to one that is there?
    private func checkTransaction() throws(DatabaseError) {
        guard let transaction else { return }
        guard isInTransaction else {
            throw DatabaseError(
                .server(.invalidTransactionTermination),
                "the migration has ended the transaction that it runs in"
            )
        }
        let violations = try ForeignKeyViolations(in: self)
        lastCheck = ForeignKeyCheck(violations: violations, dataVersion: transaction.before.dataVersion)
        try violations.check(since: transaction.before.violations)
    }

    /// What a part of the migration has done in an earlier run cannot be told from what was there before: all of it counts.
    private func begin(resumed: Bool) throws(DatabaseError) {
        violationsBefore = resumed ? ForeignKeyViolations() : try ForeignKeyViolations(in: self)
    }

    private func finish() throws(DatabaseError) {
        guard let before = violationsBefore else { return }
        violationsBefore = nil
        try ForeignKeyViolations(in: self).check(since: before)
    }
}

/// The name of the user the process runs as, or its number where there is no such name, as in most containers.
///
/// Read from the file: in a static binary, getpwuid(3) would look for libraries to load.
func userName() -> String {
    let number = String(geteuid())
    guard let file = fopen("/etc/passwd", "re") else { return number }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 1024)
    while fgets(&line, Int32(line.count), file) != nil {
        let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let fields = text.split(separator: ":", omittingEmptySubsequences: false)
        if fields.count > 2, fields[2] == number { return String(fields[0]) }
    }
    return number
}
