import Database
import Foundation
import SQLite
import Testing
import Waiting

@testable import Ledgers

@Suite struct SessionTests {
    private static let endless =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"

    @Test func `a position counts characters, not bytes`() throws {
        try withWorkplace { place in
            let session = try place.session()
            var message = Message(generated: "SELECT 'ä';\n")
            message.append(Array("SELECT 'öü', nope".utf8)[...])
            let error = #expect(throws: DatabaseError.self) { try session.execute(message) }
            #expect(error?.position == 26)
            #expect(error.flatMap { $0.position }.flatMap { message.fileOffset(ofPosition: $0) } == 15)
            #expect(error?.statementsCompleted == 1)
        }
    }

    @Test func `literals and identifiers keep what is in them`() throws {
        try withWorkplace { place in
            let session = try place.session()
            let text = "it's \"a\" `b` [c]; -- ü\n"
            #expect(
                try session.query("SELECT \(SQLiteLedgerDialect().literal(text)), $1, $2", [text, nil]) == [
                    [text, text, nil]
                ]
            )
            try session.execute("CREATE TABLE \(session.identifier(text)) (a)")
            #expect(try session.hasRelation(text))
        }
    }

    @Test func `an interruption ends a statement that would never end`() throws {
        try withWorkplace { place in
            let (interruption, request) = Interruption.manual()
            let session = try place.session(interruption)
            DispatchQueue.global().asyncAfter(deadline: .now() + 0.2) { request() }
            let began = ContinuousClock.now
            let error = #expect(throws: DatabaseError.self) { try session.execute(Self.endless) }
            #expect(error?.kind == .interrupted)
            #expect(ContinuousClock.now - began < .seconds(2))
            session.isInterruptible = false
            #expect(try session.query("SELECT 1") == [["1"]])
        }
    }

    @Test func `a statement timeout ends it too`() throws {
        try withWorkplace { place in
            let session = try place.session()
            try session.execute(session.setting(Limits(lock: .seconds(1), statement: .milliseconds(100)))[0])
            var message = Message()
            message.append(Array(Self.endless.utf8)[...])
            let error = #expect(throws: DatabaseError.self) { try session.execute(message) }
            #expect(error?.sqlState == .queryCanceled)
        }
    }

    @Test func `a lock of somebody else is worth another attempt, after the limit`() throws {
        try withWorkplace { place in
            let other = try place.session()
            try other.execute("CREATE TABLE t (a);BEGIN IMMEDIATE")
            let session = try place.session()
            try session.execute(session.setting(Limits(lock: .milliseconds(150), statement: nil))[0])
            var message = Message()
            message.append(Array("BEGIN IMMEDIATE".utf8)[...])
            let began = ContinuousClock.now
            let error = #expect(throws: DatabaseError.self) { try session.execute(message) }
            #expect(error?.isWorthRetrying == true)
            #expect((Duration.milliseconds(140)...(.seconds(2))).contains(ContinuousClock.now - began))
        }
    }

    @Test func `an interruption ends the wait for a lock`() throws {
        try withWorkplace { place in
            let other = try place.session()
            try other.execute("CREATE TABLE t (a);BEGIN IMMEDIATE")
            let (interruption, request) = Interruption.manual()
            let session = try place.session(interruption)
            DispatchQueue.global().asyncAfter(deadline: .now() + 0.2) { request() }
            let began = ContinuousClock.now
            let error = #expect(throws: DatabaseError.self) { try session.execute("BEGIN IMMEDIATE") }
            #expect(error?.kind == .interrupted)
            #expect(ContinuousClock.now - began < .seconds(2))
        }
    }

    @Test func `statements that run outside transactions only are known by their refusal`() throws {
        try withWorkplace { place in
            let session = try place.session()
            try session.execute("CREATE TABLE t (a)")
            for sql in ["VACUUM", "PRAGMA journal_mode = WAL", "PRAGMA synchronous = OFF", "BEGIN"] {
                try session.execute("BEGIN IMMEDIATE")
                let error = #expect(throws: DatabaseError.self) { try session.execute(sql) }
                #expect(error?.sqlState == .activeTransaction, "\(sql): \(String(describing: error))")
                session.rollBack()
            }
        }
    }

    @Test func `the functions of the session cannot be used by what is in the file`() throws {
        try withWorkplace { place in
            let session = try place.session()
            try session.execute("CREATE VIEW v AS SELECT apus_holds_lock()")
            #expect(throws: DatabaseError.self) { try session.query("SELECT * FROM v") }
        }
    }

    /// A migration of one statement, as the engine sends it.
    private func migrate(_ session: SQLiteSession, _ sql: String) throws(DatabaseError) {
        var message = Message()
        _ = session.open(&message, begin: nil, Limits(lock: .seconds(1), statement: nil))
        message.append(Array(sql.utf8)[...])
        message.append(";\((session.closing + ["COMMIT"]).joined(separator: ";"))")
        do throws(DatabaseError) {
            try session.execute(message)
        } catch {
            session.rollBack()
            throw error
        }
    }

    @Test func `what is known of foreign keys is forgotten when anything else has happened`() throws {
        try withWorkplace { place in
            let session = try place.session()
            try session.execute(
                "CREATE TABLE p (id INTEGER PRIMARY KEY);CREATE TABLE c (p REFERENCES p (id))"
            )
            try migrate(session, "INSERT INTO p VALUES (1)")
            // Nobody in between: what is wrong is new.
            #expect(throws: DatabaseError.self) { try migrate(session, "INSERT INTO c VALUES (7)") }
            try migrate(session, "INSERT INTO p VALUES (2)")
            // Another connection, and then this one outside a migration's transaction: what is wrong was there before.
            let other = try place.session()
            try other.execute("INSERT INTO c VALUES (8)")
            try migrate(session, "INSERT INTO p VALUES (3)")
            var stepwise = Message()
            stepwise.append(Array("INSERT INTO c VALUES (9)".utf8)[...])
            try session.execute(stepwise)
            try migrate(session, "INSERT INTO p VALUES (4)")
            #expect(throws: DatabaseError.self) {
                try migrate(session, "INSERT INTO c VALUES (6)")
            }
        }
    }

    @Test func `a file that is only read is not made`() throws {
        try withWorkplace { place in
            let error = #expect(throws: DatabaseError.self) {
                try SQLiteSession.open(
                    DatabaseFile(path: place.database),
                    as: "test",
                    interruption: .none,
                    readOnly: true
                )
            }
            #expect(error?.kind == .unreachable)
            #expect(!place.exists("app.db"))
        }
    }

    @Test func `a session that only reads sees a database in WAL mode while another writes`() throws {
        try withWorkplace { place in
            let writer = try place.session()
            try writer.execute(
                "PRAGMA journal_mode = WAL;CREATE TABLE t (a);BEGIN IMMEDIATE;INSERT INTO t VALUES (1)"
            )
            let reader = try SQLiteSession.open(
                DatabaseFile(path: place.database),
                as: "test",
                interruption: .none,
                readOnly: true
            )
            #expect(try reader.query("SELECT count(*) FROM t") == [["0"]])
        }
    }
}
