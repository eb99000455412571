import Database
import Glibc
package import Postgres
package import Waiting

/// A PostgreSQL server for tests: the one `scripts/with-postgres` has started.
package enum TestServer {
    /// Whether there is one. Tests that need it say so with `.enabled(if: TestServer.isPresent, TestServer.hint)`.
    package static let isPresent = administratorURL != nil
    package static let hint: String = "needs a server: run scripts/with-postgres swift test, or make test"

    /// The URL of the administrator, or nil without a server.
    package static let administratorURL = environment("APUS_TEST_DATABASE")

    /// The URL of another database on the same server.
    package static func url(database: String) -> String {
        let url = administratorURL ?? ""
        return url[..<(url.lastIndex(of: "/") ?? url.endIndex)] + "/\(database)"
    }
}

/// The value of an environment variable, or nil.
package func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
}

/// An empty database of one test's own, on the shared server.
package struct TestDatabase {
    package let name: String
    package init(name: String) { self.name = name }
    package var url: String { TestServer.url(database: name) }

    /// A new session with it.
    package func connect(as applicationName: String = "test", interruption: Interruption = .none) throws
        -> PostgresSession
    {
        try TestDatabase.session(url, as: applicationName, interruption: interruption)
    }

    package static func session(
        _ url: String,
        as applicationName: String = "test",
        interruption: Interruption = .none
    ) throws -> PostgresSession {
        let target = try ConnectionString(url)
        let session = try ServerWait(
            connector: { Connector(to: target, as: applicationName, interruption: interruption) },
            deadline: .after(.seconds(10)),
            grace: .zero,
            interruption: interruption
        ).run { _ in }
        // An application that waits for its locks.
        try session.execute("SET lock_timeout = 0")
        return session
    }
}

extension TestDatabase {
    /// A new empty database. Whoever makes it drops it.
    package static func make() throws -> TestDatabase {
        let database = TestDatabase(name: "test_\(UInt64.random(in: 0...UInt64.max))")
        let administrator = try TestDatabase.session(TestServer.administratorURL ?? "")
        _ = try administrator.query("CREATE DATABASE \(database.name)")
        return database
    }

    /// Drops it, whoever is still connected.
    package func drop() {
        let administrator = try? TestDatabase.session(TestServer.administratorURL ?? "")
        _ = try? administrator?.query("DROP DATABASE \(name) WITH (FORCE)")
    }
}

/// Runs `body` with an empty database that is dropped afterwards.
package func withDatabase<R>(_ body: (TestDatabase) throws -> R) throws -> R {
    let database = try TestDatabase.make()
    defer { database.drop() }
    return try body(database)
}
