import Foundation
import SQLite
import Testing

/// Files and folders that cannot be used.
@Suite struct RefusalTests {
    static let canSwitchUser = getuid() == 0

    @Test func `a missing directory is final`() throws {
        try withWorkplace { place in
            try place.migrate("CREATE TABLE a (x);")
            let refused = try place.run("run", "--database-url", "sqlite:///nowhere/app.db")
            #expect(refused.code == 78)
            #expect(refused.text.contains("there is no directory nowhere"))
        }
    }

    @Test(arguments: ["sqlite:///:memory:", "sqlite://", "sqlite:///file:x?mode=memory"])
    func `a URL without a file is a matter of configuration`(url: String) throws {
        try withWorkplace { place in
            try place.migrate("CREATE TABLE a (x);")
            #expect(try place.run("run", "--database-url", url).code == 78)
        }
    }

    @Test func `a file of another kind is left alone`() throws {
        try withWorkplace { place in
            try place.migrate("CREATE TABLE a (x);")
            let text = String(repeating: "This is no database. ", count: 300)
            try Data(text.utf8).write(to: URL(fileURLWithPath: place.database))
            let refused = try place.run("run")
            #expect(refused.code == 78 && refused.text.contains("is not a SQLite database"))
            #expect(try String(contentsOfFile: place.database, encoding: .utf8) == text)
        }
    }

    @Test func `a damaged file is not migrated`() throws {
        try withWorkplace { place in
            try place.migrate("CREATE TABLE a (x);")
            try place.run("run")
            let handle = try FileHandle(forUpdating: URL(fileURLWithPath: place.database))
            try handle.seek(toOffset: 100)
            try handle.write(contentsOf: Data(repeating: 0xFF, count: 3000))
            try handle.close()
            try place.migrate("CREATE TABLE b (x);")
            let refused = try place.run("run")
            #expect(refused.code == 78 && refused.text.contains("damaged"))
        }
    }

    @Test(.enabled(if: canSwitchUser, "only root can run as somebody else"))
    func `a directory that cannot be written is named with owner and mode`() throws {
        try withWorkplace { place in
            try place.migrate("CREATE TABLE a (x);")
            try place.run("run")
            chmod(place.folder, 0o755)
            chmod(place.database, 0o666)
            try place.migrate("CREATE TABLE b (x);")
            let job = try Job(place, ["run", "--grace", "0"], user: 65534)
            #expect(job.end() == 77)
            #expect(job.text.contains("cannot be written (owner 0, group 0, mode 755, Apus runs as 65534)"))
            let status = try Job(place, ["status", "--exit-code"], user: 65534)
            #expect(status.end() == 9)
        }
    }

    @Test(.enabled(if: canSwitchUser, "only root can run as somebody else"))
    func `a file that cannot be written is named too`() throws {
        try withWorkplace { place in
            try place.migrate("CREATE TABLE a (x);")
            try place.run("run")
            chmod(place.folder, 0o777)
            chmod(place.database, 0o644)
            let job = try Job(place, ["run", "--grace", "0"], user: 65534)
            #expect(job.end() == 77)
            #expect(job.text.contains("app.db cannot be written (owner 0, group 0, mode 644"))
        }
    }

    @Test func `another ledger schema cannot be had`() throws {
        try withWorkplace { place in
            try place.migrate("CREATE TABLE a (x);")
            let refused = try place.run("run", "--ledger-schema", "other")
            #expect(refused.code == 78, "\(refused)")
        }
    }
}
