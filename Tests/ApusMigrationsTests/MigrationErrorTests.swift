import ApusMigrations
import TestSupport
import Testing

@Suite(.enabled(if: TestServer.isPresent, "\(TestServer.hint)"), .timeLimit(.minutes(5)))
struct MigrationErrorTests {
    private func failure(of migrations: Migrations, to target: String = "heads") throws -> MigrationError {
        try #require(throws: MigrationError.self) { try migrations.upgrade(to: target) }
    }

    @Test(arguments: Kind.allCases) func `a failing statement is told with its place`(kind: Kind) throws {
        let files = ["1_a.sql": "CREATE TABLE a (x int);", "2_b.sql": "SELECT 1;\n  SELECT nothing FROM a;"]
        try withPlace(kind, files) { place in
            let error = try failure(of: place.migrations)
            #expect(error.name == "MigrationFailed" && error.exitCode == 3 && !error.isRetryable)
            #expect(error.revision == "2" && error.file == "\(place.folder.path)/migrations/2_b.sql")
            #expect(error.line == 2 && error.statement == 2)
            #expect(error.message.contains("2_b.sql:2:") && error.message.contains("nothing"))
            #expect(error.description == error.message)
            if kind == .postgres { #expect(error.sqlState == "42703" && error.column == 10) }
            #expect(try place.migrations.status().current == ["1"])
        }
    }

    @Test(arguments: Kind.allCases)
    func `a file that cannot be right is told with its place, and nothing is applied`(kind: Kind) throws {
        let files = ["1_a.sql": "CREATE TABLE a (x int);", "2_b.sql": "SELECT 1;\nSELECT 'no end;"]
        try withPlace(kind, files) { place in
            let error = try failure(of: place.migrations)
            #expect(error.name == "BadMigration" && error.exitCode == 65)
            #expect(error.file?.hasSuffix("/2_b.sql") == true && error.line == 2 && error.column == 8)
            #expect(try place.migrations.upgrade(to: "1").applied.count == 1)
        }
    }

    @Test func `a directory that is not there is told`() throws {
        try withPlace(.sqlite, [:]) { place in
            let error = try failure(of: place.migrations)
            #expect(error.name == "NoMigrations" && error.exitCode == 66)
        }
    }

    @Test(arguments: ["no such revision", "9", "@", "-1"])
    func `a target that there is not is told`(target: String) throws {
        try withPlace(.sqlite, ["1_a.sql": "CREATE TABLE a (x int);"]) { place in
            let error = try failure(of: place.migrations, to: target)
            #expect(error.name == "Usage" && error.exitCode == 64)
        }
    }

    @Test(arguments: [
        ("", "Misconfigured"), ("mysql://u@h/d", "Misconfigured"), ("sqlite://app.db", "Misconfigured"),
        ("sqlite:////no/such/folder/app.db", "Misconfigured"),
        ("postgres://u:hush-hush@127.0.0.1:1/d", "DatabaseUnavailable"),
        ("postgres://u:hush-hush@127.0.0.1:1/d?nonsense=1", "Misconfigured"),
        ("postgres://u:hush/hush@127.0.0.1:1/d", "Misconfigured"),
        ("postgres://u:hush-hush%@127.0.0.1:1/d", "Misconfigured"),
    ])
    func `a URL that leads nowhere is told without its password`(url: String, name: String) throws {
        let folder = Folder()
        try folder.write("SELECT 1;", to: "migrations/1_a.sql")
        var migrations = Migrations(directories: ["\(folder.path)/migrations"], database: url)
        migrations.waitTimeout = .zero
        let error = try failure(of: migrations)
        #expect(error.name == name && error.isRetryable == (name == "DatabaseUnavailable"))
        #expect(!"\(error)".contains("hush"))
        let status = try #require(throws: MigrationError.self) { try migrations.status() }
        #expect(status.name == name && !"\(status)".contains("hush"))
    }

    @Test(arguments: ["hush-hush", "p@ss word", #"a"b\c"#])
    func `a refused password is not told`(password: String) throws {
        try withPlace(.postgres, ["1_a.sql": "SELECT 1;"]) { place in
            let url = place.url.replacing(/:[^:@]+@/, with: "@")
            let directories = place.migrations.directories
            var migrations = Migrations(directories: directories, database: url, password: password)
            migrations.waitTimeout = .zero
            let error = try failure(of: migrations)
            #expect(error.name == "AccessDenied" && error.sqlState == "28P01")
            #expect(!"\(error)".contains(password))
        }
    }

    @Test func `a password that the server repeats is taken out of everything`() throws {
        try withPlace(.postgres, [:]) { place in
            let password = try #require(place.url.firstMatch(of: /:([^:@\/]+)@/)?.output.1)
            let text =
                "DO $$ BEGIN RAISE NOTICE 'using %', '\(password)'; RAISE 'no \(password) here'; END $$;"
            try place.write(["1_a.sql": text])
            var told: [Event] = []
            let error = try #require(throws: MigrationError.self) {
                try place.migrations.upgrade { told.append($0) }
            }
            #expect(error.message.hasSuffix("no *** here"))
            #expect(told.contains(.notice(severity: "NOTICE", message: "using ***")))
            #expect(!"\(told)\(error)".contains(password))
        }
    }
}
