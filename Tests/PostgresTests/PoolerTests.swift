import Database
import Foundation
import Postgres
import TestSupport
import Testing
import Waiting

/// A PgBouncer of the test's own, in front of one database of the shared server.
private func withPooler<R>(mode: String, _ body: (String) throws -> R) throws -> R {
    try withDatabase { database in
        let folder = URL(fileURLWithPath: "/tmp/apus-pooler-\(UInt32.random(in: 0...UInt32.max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = try #require(URLComponents(string: database.url))
        let port = try freePort()
        let configuration = """
            [databases]
            shop = host=\(server.host ?? "") port=\(server.port ?? 0) dbname=\(database.name) \
            user=\(server.user ?? "") password=\(server.password ?? "")
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = \(port)
            unix_socket_dir =
            auth_type = trust
            auth_file = \(folder.path)/users
            pool_mode = \(mode)
            """
        try "\"anybody\" \"\"\n".write(
            to: folder.appendingPathComponent("users"),
            atomically: true,
            encoding: .utf8
        )
        let file = folder.appendingPathComponent("pgbouncer.ini")
        try configuration.write(to: file, atomically: true, encoding: .utf8)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/sbin/pgbouncer")
        process.arguments = (getuid() == 0 ? ["-u", "nobody"] : []) + ["-q", file.path]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        defer {
            // PgBouncer waits for its clients when it is asked to end.
            kill(process.processIdentifier, SIGKILL)
        }
        return try body("postgres://anybody@127.0.0.1:\(port)/shop?sslmode=disable")
    }
}

private func freePort() throws -> UInt16 {
    let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    try #require(listen(socket, 1) == 0)
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = getsockname(socket, $0, &length) }
    }
    return UInt16(bigEndian: address.sin_port)
}

@Suite(.enabled(if: TestServer.isPresent, "\(TestServer.hint)")) struct PoolerTests {
    @Test(arguments: ["transaction", "session"])
    func `PgBouncer between Apus and the server is noticed`(mode: String) throws {
        try withPooler(mode: mode) { url in
            let isPooled = try TestDatabase.session(url).isPooled()
            #expect(isPooled)
        }
    }

    @Test func `a database that PgBouncer does not know is refused after the grace`() throws {
        try withPooler(mode: "session") { url in
            // The pooler is up once it knows the database it has.
            _ = try TestDatabase.session(url)
            let target = try ConnectionString(url.replacing("/shop", with: "/nosuch"))
            let failure = #expect(throws: ServerWait.Failure.self) {
                try ServerWait(
                    connector: { Connector(to: target, as: "test", interruption: .none) },
                    deadline: .after(.seconds(20)),
                    grace: .zero,
                    interruption: .none
                ).run { _ in }
            }
            #expect(failure?.failureClass == .graced(.configuration))
        }
    }
}
