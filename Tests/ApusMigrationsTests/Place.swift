import ApusMigrations
import TestSupport

/// The kinds of database that a test is run with.
enum Kind: CaseIterable {
    case sqlite, postgres

    /// A statement that does not end by itself.
    var endless: String {
        switch self {
        case .sqlite:
            "INSERT INTO a WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n;"
        case .postgres: "SELECT pg_sleep(600);"
        }
    }
}

/// A folder with migrations, and an empty database of one test's own.
struct Place: Sendable {
    let folder: Folder
    let url: String

    var migrations: Migrations {
        var migrations = Migrations(directories: ["\(folder.path)/migrations"], database: url)
        migrations.waitTimeout = .seconds(10)
        return migrations
    }

    func write(_ files: [String: String]) throws {
        for (name, text) in files { try folder.write(text, to: "migrations/\(name)") }
    }
}

/// Runs `body` with a place that is removed afterwards.
func withPlace<R>(_ kind: Kind, _ files: [String: String], _ body: (Place) throws -> R) throws -> R {
    let folder = Folder()
    switch kind {
    case .sqlite:
        let place = Place(folder: folder, url: "sqlite:///\(folder.path)/app.db")
        try place.write(files)
        return try body(place)
    case .postgres:
        return try withDatabase { database in
            let place = Place(folder: folder, url: database.url)
            try place.write(files)
            return try body(place)
        }
    }
}
