import Database
import Postgres
import TestSupport
import Testing
import Waiting

@Suite(.enabled(if: TestServer.isPresent, "\(TestServer.hint)")) struct SessionTests {
    @Test func `a query gives rows as text, with NULL apart from the empty string`() throws {
        try withDatabase { database in
            let rows = try database.connect().query("SELECT 1, '', NULL, $1::text", ["é"])
            #expect(rows == [["1", "", nil, "é"]])
        }
    }

    @Test func `an error carries the code, the position and the hint of the server`() throws {
        try withDatabase { database in
            let session = try database.connect()
            let error = #expect(throws: DatabaseError.self) {
                try session.query("SELECT nosuch FROM pg_class")
            }
            #expect(error?.sqlState == "42703")
            #expect(error?.position == 8)
        }
    }

    @Test func `a message of many statements is one round trip and one transaction when it says so`() throws {
        try withDatabase { database in
            let session = try database.connect()
            let message = Message(
                generated: "BEGIN; CREATE TABLE a (id int); INSERT INTO a VALUES (1); SELECT 1/0; COMMIT"
            )
            #expect(throws: DatabaseError.self) { try session.execute(message) }
            session.rollBack()
            #expect(try session.query("SELECT to_regclass('a')") == [[nil]])
        }
    }

    @Test func `rows for COPY FROM STDIN are sent from the message, each to its own statement`() throws {
        try withDatabase { database in
            let session = try database.connect()
            var message = Message(
                generated:
                    "CREATE TABLE a (t text); COPY a FROM STDIN; COPY a FROM STDIN; INSERT INTO a VALUES ('z')"
            )
            message.appendCopyData(ArraySlice("x\ny\n".utf8))
            message.appendCopyData(ArraySlice(String(repeating: "long\n", count: 100_000).utf8))
            try session.execute(message)
            #expect(try session.query("SELECT count(*), min(t), max(t) FROM a") == [["100003", "long", "z"]])
        }
    }

    @Test func `COPY without rows in the file is an error, not a hang`() throws {
        try withDatabase { database in
            let session = try database.connect()
            let message = Message(generated: "CREATE TABLE a (t text); COPY a FROM STDIN")
            #expect(throws: DatabaseError.self) { try session.execute(message) }
            #expect(try session.query("SELECT 1") == [["1"]])
        }
    }

    @Test func `COPY TO STDOUT is read and dropped`() throws {
        try withDatabase { database in
            let session = try database.connect()
            try session.execute(
                Message(generated: "COPY (SELECT generate_series(1, 100000)) TO STDOUT; SELECT 1")
            )
            #expect(try session.query("SELECT 2") == [["2"]])
        }
    }

    @Test func `an interruption cancels the statement that runs`() throws {
        try withDatabase { database in
            let (interruption, request) = Interruption.manual()
            let session = try database.connect(interruption: interruption)
            request()
            let error = #expect(throws: DatabaseError.self) { try session.query("SELECT pg_sleep(60)") }
            #expect(error?.kind == .interrupted)
            session.rollBack()
        }
    }

    @Test func `a session ended by the server is told from a refused statement`() throws {
        try withDatabase { database in
            let session = try database.connect()
            let other = try database.connect()
            _ = try other.query("SELECT pg_terminate_backend($1::int)", [String(session.backendPID)])
            let error = #expect(throws: DatabaseError.self) { try session.query("SELECT 1") }
            #expect(error?.endsSession == true)
        }
    }

    @Test func `identifiers are quoted by the server's rules`() throws {
        try withDatabase { database in
            let session = try database.connect()
            #expect(session.identifier(#"a"b"#) == #""a""b""#)
        }
    }

    @Test func `hygiene holds on the working session, and takes back what a migration has set`() throws {
        try withDatabase { database in
            let session = try database.connect()
            try session.execute("SET work_mem = '1GB'; SET search_path = pg_catalog")
            try session.execute(session.restoration.joined(separator: ";"))
            #expect(try session.query("SHOW client_connection_check_interval") == [["2s"]])
            #expect(try session.query("SHOW tcp_keepalives_idle") == [["30"]])
            #expect(try session.query("SHOW search_path") == [["\"$user\", public"]])
            #expect(try session.query("SHOW work_mem") != [["1GB"]])
        }
    }

    @Test func `a direct connection is not taken for a pooled one`() throws {
        try withDatabase { database in
            let isPooled = try database.connect().isPooled()
            #expect(!isPooled)
        }
    }

    @Test func `only one session has the lock, its holder is named, and giving it back twice is noticed`()
        throws
    {
        try withDatabase { database in
            let key = LockKey(number: -42)
            let first = try database.connect(as: "apus/first")
            let second = try database.connect(as: "apus/second")
            #expect(try first.tryLock(key))
            #expect(try !second.tryLock(key))
            #expect(try second.holder(of: key)?.applicationName == "apus/first")
            #expect(try first.unlock(key))
            #expect(try !first.unlock(key))
            #expect(try second.tryLock(key))
        }
    }

    @Test func `the proof of the lock holds inside a transaction, and fails once the lock is gone`() throws {
        try withDatabase { database in
            let session = try database.connect()
            let (key, inner) = (LockKey(number: .min + 7), LockKey(number: 8))
            #expect(try session.tryLock(key))
            let proof = "SELECT \(session.proof(of: key, within: inner))"
            for _ in 0..<3 {
                #expect(try session.query(proof) == [["t"]])
                try session.execute("BEGIN; \(proof); ROLLBACK")
                #expect(try !database.connect().tryLock(key))
            }
            #expect(try session.unlock(key))
            // Given back in words: the server takes its time to notice the end of a session.
            let third = try database.connect()
            #expect(try third.tryLock(key))
            #expect(try third.unlock(key))
            #expect(try session.tryLock(key))
            let other = try database.connect()
            try other.execute("BEGIN; SELECT pg_advisory_xact_lock(8)")
            #expect(throws: DatabaseError.self) { try session.query(proof) }
            try other.execute("COMMIT")
            #expect(try session.query(proof) == [["t"]])
            try session.execute("SELECT pg_advisory_unlock_all()")
            let error = #expect(throws: DatabaseError.self) {
                try session.query("SELECT \(session.proof(of: key, within: inner))")
            }
            #expect(error?.message.contains(LockKey.lostMessage) == true)
        }
    }
}
