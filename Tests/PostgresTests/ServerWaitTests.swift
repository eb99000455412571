import Database
import Glibc
import Postgres
import TestSupport
import Testing
import Waiting

@Suite struct ServerWaitTests {
    private func wait(
        _ url: String,
        timeout: Duration = .milliseconds(400),
        interruption: Interruption = .none
    ) throws(ServerWait.Failure) -> PostgresSession {
        try ServerWait(
            connector: { () throws(DatabaseError) in
                Connector(to: try ConnectionString(url), as: "test", interruption: interruption)
            },
            deadline: .after(timeout),
            grace: .milliseconds(100),
            interruption: interruption
        ).run { _ in }
    }

    @Test func `a port nobody listens on is asked again until the deadline`() {
        let failure = #expect(throws: ServerWait.Failure.self) { try wait("postgres://u@127.0.0.1:1/x") }
        #expect(failure?.failureClass == .transient)
        #expect((failure?.attempts ?? 0) > 1)
    }

    @Test func `a peer that accepts and stays silent cannot hold the wait past its deadline`() throws {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        #expect(listen(socket, 1) == 0)
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = getsockname(socket, $0, &length) }
        }
        let failure = #expect(throws: ServerWait.Failure.self) {
            try wait("postgres://u@127.0.0.1:\(UInt16(bigEndian: address.sin_port))/x")
        }
        #expect(failure?.error.kind == .timedOut)
    }

    @Test func `a name that does not resolve is waited for`() {
        let failure = #expect(throws: ServerWait.Failure.self) { try wait("postgres://u@nosuch.invalid/x") }
        #expect(failure?.failureClass == .transient)
    }

    @Test func `an interruption ends the wait`() {
        let (interruption, request) = Interruption.manual()
        request()
        let failure = #expect(throws: ServerWait.Failure.self) {
            try wait("postgres://u@127.0.0.1:1/x", timeout: .seconds(60), interruption: interruption)
        }
        #expect(failure?.error.kind == .interrupted)
    }

    @Test func `an attempt that the deadline cuts short does not hide the reason before it`() {
        var attempts = 0
        let wait = SessionWait(
            deadline: .after(.milliseconds(100)),
            grace: .zero,
            interruption: .none,
            classify: { _ in .transient }
        )
        let failure = #expect(throws: Unavailability.self) {
            try wait.run { () throws(DatabaseError) -> Int in
                attempts += 1
                guard attempts > 1 else { throw DatabaseError(.server(.readOnlyTransaction), "read-only") }
                pause(for: .milliseconds(150), or: .none)
                throw DatabaseError(.timedOut, "the server accepted no session in time")
            } observe: { _, _, _ in
            }
        }
        #expect(attempts == 2)
        #expect(failure?.error.sqlState == .readOnlyTransaction)
    }

    @Test func `a URL that cannot be right is not waited for`() {
        let failure = #expect(throws: ServerWait.Failure.self) {
            try wait("mysql://u@h/x", timeout: .seconds(60))
        }
        #expect(failure?.failureClass == .permanent(.configuration))
        #expect(failure?.attempts == 1)
    }

    @Test(.enabled(if: TestServer.isPresent, "\(TestServer.hint)"))
    func `a deadline of zero still makes one attempt`() throws {
        let session = try wait(TestServer.url(database: "postgres"), timeout: .zero)
        #expect(try session.query("SELECT 1") == [["1"]])
    }

    @Test(.enabled(if: TestServer.isPresent, "\(TestServer.hint)"))
    func `a wrong password and a missing database are final after the grace`() {
        let url = TestServer.url(database: "nosuch")
        let missing = #expect(throws: ServerWait.Failure.self) { try wait(url, timeout: .seconds(60)) }
        #expect(missing?.failureClass == .graced(.configuration))
        let wrong = #expect(throws: ServerWait.Failure.self) {
            let target = try ConnectionString(TestServer.url(database: "postgres"), password: "wrong")
            return try ServerWait(
                connector: { Connector(to: target, as: "test", interruption: .none) },
                deadline: .after(.seconds(60)),
                grace: .zero,
                interruption: .none
            ).run { _ in }
        }
        #expect(wrong?.failureClass == .graced(.denied))
        #expect(wrong?.error.sqlState == .invalidPassword)
    }

    @Test(.enabled(if: TestServer.isPresent, "\(TestServer.hint)"))
    func `a database that can only be read is waited for`() throws {
        try withDatabase { database in
            try database.connect().execute(
                "ALTER DATABASE \(database.name) SET default_transaction_read_only = on"
            )
            let failure = #expect(throws: ServerWait.Failure.self) {
                try wait(database.url, timeout: .seconds(2))
            }
            #expect(failure?.error.sqlState == .readOnlyTransaction)
        }
    }
}
