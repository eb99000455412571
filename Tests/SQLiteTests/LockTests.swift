import Database
import Foundation
import SQLite
import Testing
import Waiting

@Suite struct LockTests {
    private let key = LockKey(number: 1)

    @Test func `one session holds it, the other is told who`() throws {
        try withWorkplace { place in
            let first = try place.session(as: "apus/one@host")
            let second = try place.session(as: "apus/two@host")
            #expect(try first.tryLock(key))
            #expect(try !second.tryLock(key))
            let holder = try #require(try second.holder(of: key))
            #expect(holder.pid == Int(getpid()))
            #expect(holder.applicationName == "apus/one@host")
            #expect(try first.unlock(key))
            #expect(try second.tryLock(key))
            #expect(try second.unlock(key))
            #expect(!place.exists("app.db-apus.lock"))
        }
    }

    @Test func `readers and writers of the database do not meet it`() throws {
        try withWorkplace { place in
            let migrator = try place.session()
            #expect(try migrator.tryLock(key))
            let application = try place.session()
            try application.execute("CREATE TABLE t (a);INSERT INTO t VALUES (1)")
            #expect(try application.query("SELECT a FROM t") == [["1"]])
        }
    }

    @Test func `the proof fails when the lock file is another one`() throws {
        try withWorkplace { place in
            let session = try place.session()
            #expect(try session.tryLock(key))
            #expect(try session.query("SELECT \(session.proof(of: key, within: key))") == [["1"]])
            try FileManager.default.removeItem(atPath: "\(place.database)-apus.lock")
            let error = #expect(throws: DatabaseError.self) {
                try session.query("SELECT \(session.proof(of: key, within: key))")
            }
            #expect(error?.message == LockKey.lostMessage)
            #expect(try !session.unlock(key))
        }
    }

    @Test func `two paths to one file are one lock`() throws {
        try withWorkplace { place in
            let session = try place.session()
            try FileManager.default.createSymbolicLink(
                atPath: "\(place.folder)/link.db",
                withDestinationPath: place.database
            )
            let other = try SQLiteSession.open(
                DatabaseFile(path: "\(place.folder)/link.db"),
                as: "other",
                interruption: .none
            )
            #expect(try session.tryLock(key))
            #expect(try !other.tryLock(key))
        }
    }
}
