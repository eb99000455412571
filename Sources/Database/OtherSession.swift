/// Another session of the same server: who holds the lock, who is still at work, who is in the way.
package struct OtherSession: Sendable, Hashable {
    package let pid: Int
    package let applicationName: String
    package let user: String
    package let address: String
    /// Such as "active" or "idle in transaction".
    package let state: String
    /// Seconds since its transaction began, or since the session did when it is in none.
    package let age: Int

    package init(pid: Int, applicationName: String, user: String, address: String, state: String, age: Int) {
        self.pid = pid
        self.applicationName = applicationName
        self.user = user
        self.address = address
        self.state = state
        self.age = age
    }
}

extension OtherSession: CustomStringConvertible {
    package var description: String {
        let name = applicationName.isEmpty ? "" : " \"\(applicationName)\""
        return "session \(pid)\(name) of \(user) from \(address), \(state) for \(age) s"
    }
}

/// A session that another one waits for.
package struct Blocker: Sendable, Hashable {
    package let session: OtherSession
    /// What is locked, such as a table's name.
    package let object: String
    /// The mode that is wanted, such as "AccessExclusiveLock".
    package let wanted: String

    package init(session: OtherSession, object: String, wanted: String) {
        self.session = session
        self.object = object
        self.wanted = wanted
    }
}

extension Blocker: CustomStringConvertible {
    package var description: String { "\(session) keeps \(object) (\(wanted))" }
}
