import Database
import SQLite
import Testing

@Suite struct DatabaseFileTests {
    @Test(arguments: [
        ("sqlite:///app.db", "app.db"), ("sqlite:///data/app.db", "data/app.db"),
        ("sqlite:////data/app.db", "/data/app.db"), ("sqlite+aiosqlite:////data/app.db", "/data/app.db"),
        ("sqlite+pysqlite:///app.db?timeout=5", "app.db"), ("sqlite:////data/%20 ü.db", "/data/%20 ü.db"),
    ])
    func `a URL of SQLAlchemy names a path`(url: String, path: String) throws {
        #expect(try DatabaseFile(url: url).path == path)
    }

    @Test(arguments: [
        "sqlite://", "sqlite:///", "sqlite://:memory:", "sqlite:///:memory:", "sqlite://host/app.db",
        "sqlite:app.db", "sqlite:///file:app.db?mode=memory&uri=true", "postgres://u@h/d",
    ])
    func `what cannot be a file is refused with a reason`(url: String) {
        let error = #expect(throws: DatabaseError.self) { try DatabaseFile(url: url) }
        #expect(error?.kind == .configuration)
        #expect(error?.message.contains("cannot be read: ") == true)
    }

    @Test(arguments: [("app.db", "."), ("/app.db", "/"), ("data/app.db", "data"), ("/a/b/c.db", "/a/b")])
    func `the directory is where the journal goes`(path: String, directory: String) {
        #expect(DatabaseFile(path: path).directory == directory)
    }
}
