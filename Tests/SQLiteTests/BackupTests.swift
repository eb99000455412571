import Database
import Foundation
import SQLite
import Testing
import Waiting

@Suite struct BackupTests {
    @Test(arguments: ["online-backup", "vacuum-into"])
    func `a copy of the database before is made, proven and named`(kind: String) throws {
        try withWorkplace { place in
            try place.migrate(
                "-- migrate:up transaction:false\nPRAGMA journal_mode=WAL;\nCREATE TABLE a (x);\nINSERT INTO a VALUES (1);"
            )
            try place.run("run")
            // What is in the WAL only belongs to the copy.
            let application = try place.session()
            try application.execute("INSERT INTO a VALUES (2)")
            try place.migrate("DELETE FROM a;")
            #expect(try place.run("run", "--backup-sql", kind).code == 0)
            let files = try FileManager.default.contentsOfDirectory(atPath: place.folder)
            let copies = files.filter { $0.hasPrefix("app.db-before-") }
            #expect(copies.count == 1)
            let path = "\(place.folder)/\(copies.first ?? "")"
            #expect(
                try place.column("SELECT backup FROM apus_run WHERE backup IS NOT NULL").first??.contains(
                    path
                ) == true
            )
            let copy = try SQLiteSession.open(DatabaseFile(path: path), as: "test", interruption: .none)
            #expect(try copy.query("SELECT x FROM a") == [["1"], ["2"]])
            #expect(try copy.query("PRAGMA integrity_check") == [["ok"]])
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test func `without a copy nothing is applied`() throws {
        try withWorkplace { place in
            try place.migrate("CREATE TABLE a (x);")
            #expect(try place.run("run", "--backup-sql", "vacuum-into", "--backup-dir", "/nowhere").code == 5)
            #expect(try place.column("SELECT count(*) FROM apus_revision") == ["0"])
            #expect(try place.run("run", "--backup-sql", "restore-point").code == 78)
        }
    }

    @Test(arguments: FileBackup.allCases)
    func `a copy waits for a writer, ends when asked to, and leaves no half of it`(way: FileBackup) throws {
        try withWorkplace { place in
            let (interruption, request) = Interruption.manual()
            let session = try place.session(interruption)
            try session.execute("CREATE TABLE a AS SELECT randomblob(5000000) AS x")
            let other = try place.session()
            try other.execute("BEGIN EXCLUSIVE")
            DispatchQueue.global().asyncAfter(deadline: .now() + 0.3) { request() }
            let error = #expect(throws: DatabaseError.self) {
                try session.backUp(way, to: "\(place.folder)/copy", or: interruption)
            }
            #expect(error?.kind == .interrupted)
            #expect(!place.exists("copy") && !place.exists("copy.tmp"))
        }
    }

    @Test func `a command is told which file it is`() throws {
        try withWorkplace { place in
            try place.migrate("CREATE TABLE a (x);")
            try Data(
                "#!/bin/sh\necho \"{\\\"artifact\\\":{\\\"uri\\\":\\\"$APUS_DATABASE_FILE\\\"}}\"\n".utf8
            )
            .write(to: URL(fileURLWithPath: "\(place.folder)/hook"))
            chmod("\(place.folder)/hook", 0o755)
            let ran = try place.run("run", "--backup-command", "\(place.folder)/hook")
            #expect(ran.code == 0 && ran.text.contains("\"ref\":\"\(place.database)\""))
        }
    }
}
