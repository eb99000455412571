import CSQLite
package import Database
import Waiting

/// A session with a SQLite file: one connection, on one thread, which it blocks.
package final class SQLiteSession {
    package let server: ServerFacts
    package let file: DatabaseFile
    /// Held from `tryLock` to `unlock`, or to the end of the process.
    let lock: FileLock

    let raw: OpaquePointer
    let patience: Patience
    /// What a function of ours, called by a statement, has refused.
    var functionError: DatabaseError?
    /// The transaction that is open, as far as it was opened by `open`.
    var transaction: OpenTransaction?
    /// The rows that referred to nothing before a migration that runs outside transactions of ours.
    var violationsBefore: ForeignKeyViolations?
    /// What held when the last migration was committed, as long as nothing of another one has run.
    var lastCheck: ForeignKeyCheck?

    /// Takes the connection over, and closes it.
    init(owning raw: OpaquePointer, file: DatabaseFile, name: String, patience: Patience)
        throws(DatabaseError)
    {
        self.raw = raw
        self.patience = patience
        let path = sqlite3_db_filename(raw, "main").map { String(cString: $0) } ?? file.path
        self.file = DatabaseFile(path: path)
        lock = FileLock(path: "\(path)-apus.lock", name: name)
        server = ServerFacts(
            product: .sqlite,
            versionNumber: Int(sqlite3_libversion_number()),
            name: path,
            database: self.file.name,
            user: userName()
        )
        patience.attach(to: raw)
        try registerFunctions()
    }

    // Not sqlite3_close: whatever of ours is still open would make that refuse.
    deinit { sqlite3_close_v2(raw) }
}

extension SQLiteSession: Session {
    package var isInterruptible: Bool {
        get { patience.isInterruptible }
        set { patience.isInterruptible = newValue }
    }

    package var isInTransaction: Bool { sqlite3_get_autocommit(raw) == 0 }

    package func query(_ sql: String, _ parameters: [String?]) throws(DatabaseError) -> [Row] {
        patience.begin(isMigration: false)
        return try rows(of: sql, parameters)
    }

    /// Without a new beginning for the patience, for what a statement asks on its way.
    func rows(of sql: String, _ parameters: [String?] = []) throws(DatabaseError) -> [Row] {
        var statement: OpaquePointer?
        let code = sqlite3_prepare_v2(raw, sql, -1, &statement, nil)
        guard code == SQLITE_OK, let statement else { throw failure(code) }
        let handle = StatementHandle(statement)
        handle.bind(parameters)
        var rows: [Row] = []
        while true {
            switch handle.step() {
            case SQLITE_ROW: rows.append(handle.row)
            case SQLITE_DONE: return rows
            case let code: throw failure(code)
            }
        }
    }

    /// One statement after the other, cut where SQLite's own parser says that one ends (`sqlite3_prepare_v2`, pzTail).
    ///
    /// `watch` is not called: SQLite does not tell who has the lock.
    package func execute(_ message: Message, watch: Watch?) throws(DatabaseError) {
        defer {
            // What a migration does outside a transaction of ours is not checked.
            if transaction == nil, !message.isGenerated { lastCheck = nil }
            if !isInTransaction { transaction = nil }
        }
        let text = message.text + [0]
        var start = 0
        var completed = 0
        while start < message.text.count {
            patience.begin(isMigration: !message.isGenerated)
            var end = start
            do throws(DatabaseError) {
                if try perform(text, from: start, end: &end, message) { completed += 1 }
            } catch {
                var error = error
                error.statementsCompleted = completed
                lastCheck = nil
                throw error
            }
            start = end
        }
    }

    /// Does what the directives at `start` ask for with the statement below them, or runs it as it is.
    private func perform(
        _ text: [UInt8],
        from start: Int,
        end: inout Int,
        _ message: Message
    ) throws(DatabaseError) -> Bool {
        guard let directive = try RebuildDirective(in: text[start...]) else {
            return try run(text, from: start, end: &end, message)
        }
        try rebuild(directive) { () throws(DatabaseError) in
            _ = try run(text, from: start, end: &end, message)
        }
        return true
    }

    /// Runs the statement at `start`, if one stands there.
    private func run(
        _ text: [UInt8],
        from start: Int,
        end: inout Int,
        _ message: Message
    ) throws(DatabaseError) -> Bool {
        var statement: OpaquePointer?
        let code = text.withUnsafeBytes { bytes in
            let head = bytes.baseAddress.map { $0.assumingMemoryBound(to: CChar.self) + start }
            var tail: UnsafePointer<CChar>?
            let code = sqlite3_prepare_v2(raw, head, Int32(bytes.count - start), &statement, &tail)
            end = head.flatMap { head in tail.map { start + ($0 - head) } } ?? bytes.count
            return code
        }
        guard code == SQLITE_OK else {
            let offset = sqlite3_error_offset(raw)
            var error = failure(code)
            if offset >= 0 { error.position = message.position(ofByte: start + Int(offset)) }
            throw error
        }
        guard let statement else { return false }
        let handle = StatementHandle(statement)
        while true {
            switch handle.step() {
            case SQLITE_ROW: continue
            case SQLITE_DONE: return true
            case let code: throw failure(code)
            }
        }
    }

    package func rollBack() {
        transaction = nil
        guard isInTransaction else { return }
        sqlite3_exec(raw, "ROLLBACK", nil, nil, nil)
    }

    package func identifier(_ name: String) -> String {
        quoted(name)
    }

    /// What SQLite says of its last refusal, or what we know better: it was we who gave up, or a function of ours.
    func failure(_ code: Int32) -> DatabaseError {
        if let error = functionError {
            functionError = nil
            return error
        }
        if let reason = patience.reason { return reason }
        let message = String(cString: sqlite3_errmsg(raw))
        let result = ResultCode(number: sqlite3_extended_errcode(raw))
        return DatabaseError(.refining(result, message), message)
    }
}
