package import Database
import Waiting

// A migration runs in `BEGIN IMMEDIATE … COMMIT`, DDL included, with foreign keys not enforced but checked: the procedure of
// "ALTER TABLE", section 7, "Making Other Kinds Of Table Schema Changes".
extension SQLiteSession {
    /// All of it outside a transaction, where `PRAGMA foreign_keys` has an effect. A change of `temp_store` takes temporary tables,
    /// views and triggers along.
    package var restoration: [String] {
        [
            "PRAGMA foreign_keys = OFF", "PRAGMA legacy_alter_table = OFF",
            "PRAGMA ignore_check_constraints = OFF", "PRAGMA recursive_triggers = OFF",
            "PRAGMA query_only = OFF", "PRAGMA writable_schema = RESET", "PRAGMA synchronous = FULL",
            "PRAGMA locking_mode = NORMAL", "PRAGMA case_sensitive_like = OFF",
            "PRAGMA temp_store = MEMORY", "PRAGMA temp_store = DEFAULT",
        ]
    }

    package var restorationWithin: [String] { [] }

    package func open(_ message: inout Message, begin: ArraySlice<UInt8>?, _ limits: Limits) -> Int {
        for statement in setting(limits) { message.append("\(statement);") }
        message.append("\(isExclusive(begin) ? "BEGIN EXCLUSIVE" : "BEGIN IMMEDIATE");SELECT apus_open();\n")
        return setting(limits).count + 2
    }

    package var closing: [String] { ["SELECT apus_check()"] }

    package func beginning(resumed: Bool) -> [String] { ["SELECT apus_begin(\(resumed ? 1 : 0))"] }

    package var finishing: [String] { ["SELECT apus_finish()"] }

    /// SQLite has no roles.
    package func returningToRole() throws(DatabaseError) -> [String] { [] }

    package func setting(_ limits: Limits) -> [String] {
        ["SELECT apus_limits(\(limits.lock.milliseconds), \(limits.statement?.milliseconds ?? 0))"]
    }

    package func whole(_ message: Message) -> Message {
        var whole = Message(generated: "BEGIN IMMEDIATE;")
        whole.append(message)
        whole.append(";COMMIT")
        return whole
    }

    private func isExclusive(_ begin: ArraySlice<UInt8>?) -> Bool {
        begin.map { String(decoding: $0, as: UTF8.self).lowercased().contains("exclusive") } ?? false
    }
}

/// What is remembered of a transaction from its opening to its end.
struct OpenTransaction {
    let began = ContinuousClock.now
    /// The rows that referred to nothing before.
    let before: ForeignKeyCheck
}

/// What was found, and when: a check reads every row that refers to another, so the one that ended a migration serves the
/// next one too, unless somebody else has committed in between (`PRAGMA data_version`).
struct ForeignKeyCheck {
    let violations: ForeignKeyViolations
    let dataVersion: String?
}
