package import Database

// A file has one history and so one lock: the keys make no difference. No other session can be seen, and none stays at work
// when its process is gone.
extension SQLiteSession {
    package func tryLock(_ key: LockKey) throws(DatabaseError) -> Bool { try lock.tryLock() }
    package func unlock(_ key: LockKey) throws(DatabaseError) -> Bool { lock.unlock() }
    package func holder(of key: LockKey) throws(DatabaseError) -> OtherSession? { lock.holder() }
    package func proof(of key: LockKey, within inner: LockKey) -> String { "apus_holds_lock()" }

    package func orphans(namedLike prefix: String) throws(DatabaseError) -> [OtherSession] { [] }
    package func terminate(_ session: OtherSession) throws(DatabaseError) {}
    package func blockers(of other: any Session) throws(DatabaseError) -> [Blocker] { [] }
    package func invalidIndexes() throws(DatabaseError) -> Set<InvalidIndex> { [] }

    package func index(named name: String, on table: String) throws(DatabaseError) -> (
        name: String, isValid: Bool
    )? {
        nil
    }

    package func hasRelation(_ name: String) throws(DatabaseError) -> Bool {
        try !query("SELECT 1 FROM main.sqlite_schema WHERE type IN ('table', 'view') AND name = $1", [name])
            .isEmpty
    }
}
