package import Database

/// Where a SQLite database is, as SQLAlchemy writes it: `sqlite:///relative.db`, `sqlite:////absolute.db`.
///
/// Nothing is decoded, and parameters behind a `?` are left to the application's own driver, as SQLAlchemy leaves them.
package struct DatabaseFile: Sendable, Hashable {
    package let path: String

    package init(path: String) { self.path = path }

    /// Whether the scheme of `url` is one of SQLite's.
    package static func isNamed(by url: String) -> Bool {
        guard let end = url.firstIndex(of: ":") else { return false }
        return ["sqlite", "sqlite3"].contains(url[..<end].prefix { $0 != "+" })
    }

    /// - Throws: `DatabaseError` of kind `.configuration`.
    package init(url: String) throws(DatabaseError) {
        guard Self.isNamed(by: url) else { throw refused("it has no scheme of SQLite") }
        guard let start = url.firstRange(of: "://")?.upperBound else {
            throw refused("after the scheme come three slashes and a path")
        }
        let place = url[start...].prefix { $0 != "?" }
        if place == ":memory:" || place == "/:memory:" || url.contains("mode=memory") {
            throw refused("a database in memory is gone when the job ends")
        }
        guard !place.isEmpty, place != "/" else { throw refused("it names no file") }
        guard place.hasPrefix("/") else {
            throw refused(
                "SQLite has no host, and \"\(place.prefix { $0 != "/" })\" stands where one would be"
            )
        }
        let path = place.dropFirst()
        guard !path.hasPrefix("file:") else { throw refused("a file: URI in it is not read") }
        guard !path.utf8.contains(0) else { throw refused("it has a zero byte") }
        self.path = String(path)
    }

    /// The directory it stands in: SQLite keeps its journals there too.
    package var directory: String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The name without folders.
    package var name: String {
        String(path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...])
    }
}

extension DatabaseFile: CustomStringConvertible {
    package var description: String { path }
}

private func refused(_ what: String) -> DatabaseError {
    DatabaseError(
        .configuration,
        "the database URL cannot be read: \(what)",
        hint: "Write it as sqlite:///relative.db or sqlite:////absolute.db."
    )
}
