import Database
import Testing

@testable import Postgres

@Suite struct FailureClassTests {
    @Test(arguments: [
        ("57P03", FailureClass.transient), ("53300", .transient), ("08006", .transient),
        ("57P01", .transient),
        ("55006", .transient), ("28P01", .graced(.denied)), ("28000", .graced(.denied)),
        ("42501", .graced(.denied)),
        ("3D000", .graced(.configuration)), ("42704", .permanent(.configuration)), ("25006", .transient),
    ])
    func `the SQLSTATE decides whether waiting helps`(code: String, expected: FailureClass) {
        #expect(FailureClass(DatabaseError(.server(SQLState(rawValue: code)), "")) == expected)
    }

    @Test(arguments: [
        ("connection refused", FailureClass.transient),
        ("server does not support SSL, but SSL was required", .permanent(.configuration)),
        ("root certificate file \"/x\" does not exist", .permanent(.configuration)),
        ("server certificate for \"a\" does not match host name \"b\"", .permanent(.configuration)),
        ("weak sslmode \"require\" may not be used with sslrootcert=system", .permanent(.configuration)),
        ("fe_sendauth: no password supplied", .permanent(.denied)),
        ("received invalid response to SSL negotiation: H", .permanent(.configuration)),
        ("something nobody has seen before", .transient),
    ])
    func `libpq's own messages are transient unless they are known not to be`(
        text: String,
        expected: FailureClass
    ) {
        #expect(FailureClass(DatabaseError(.unreachable, text)) == expected)
    }

    @Test func `PgBouncer's one code for everything is told apart by its words`() {
        func of(_ text: String) -> FailureClass { FailureClass(DatabaseError(.server("08P01"), text)) }
        #expect(of("password authentication failed") == .graced(.denied))
        #expect(of("no such database: shop") == .graced(.configuration))
        #expect(of("unsupported startup parameter: options") == .permanent(.configuration))
        #expect(of("query_wait_timeout") == .transient)
    }

    @Test func `the SQLSTATE is found in libpq's verbose message, in any language`() {
        let message = """
            connection to server at "127.0.0.1", port 5432 failed: FATAL:  28P01: password authentication failed for user "u"
            LOCATION:  auth_failed, auth.c:338
            """
        #expect(
            connectFailure(message)
                == DatabaseError(.server("28P01"), "password authentication failed for user \"u\"")
        )
        let german =
            "connection to server at \"a\", port 1 failed: FATAL:  3D000: Datenbank »x« existiert nicht"
        #expect(connectFailure(german).sqlState == "3D000")
        let refused =
            "connection to server at \"a\", port 1 failed: Connection refused\n\tIs the server running?"
        #expect(connectFailure(refused).kind == .unreachable)
    }
}
