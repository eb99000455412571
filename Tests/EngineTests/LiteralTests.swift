import Database
import Postgres
import TestSupport
import Testing

@testable import Ledgers

/// What the ledger writes into its statements itself, on a real server.
@Suite(.enabled(if: TestServer.isPresent, "\(TestServer.hint)"), .timeLimit(.minutes(1)))
struct LiteralTests {
    @Test(arguments: ["on", "off"])
    func `a literal is its text, whatever stands in it`(conforming: String) throws {
        let database = try TestDatabase.make()
        defer { database.drop() }
        let session = try database.connect()
        try session.execute("SET standard_conforming_strings = \(conforming)")
        try session.execute("SET escape_string_warning = off")
        let dialect = PostgresLedgerDialect()
        for text in [
            #"it's \ a "test""#, "'", "''", #"\'"#, #"\\"#, "'\u{301}", "\u{301}'\u{200D}",
            #"\"# + "\u{301}'", "é\n\t", "",
        ] {
            #expect(try session.query("SELECT \(dialect.literal(text))") == [[text]])
            #expect(try session.query("SELECT 1 AS \(dialect.identifier("x\(text)"))") == [["1"]])
        }
        #expect(dialect.literal(nil as String?) == "NULL")
        #expect(try session.query("SELECT \(dialect.literal("a\0b"))") == [["ab"]])
    }
}
