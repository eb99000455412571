package import Database
package import Postgres
package import SQLText
package import SQLite

/// Where the database is, for the driver that its URL names.
package enum DatabaseURL: Sendable {
    case postgres(ConnectionString)
    case sqlite(DatabaseFile)

    /// - Parameters:
    ///   - text: `postgres://…`, `postgresql+driver://…`, libpq's `key=value`, `sqlite:///…`.
    ///   - password: Taken instead of the one in the URL, when given.
    /// - Throws: `DatabaseError` of kind `.configuration`.
    package init(_ text: String, password: String? = nil) throws(DatabaseError) {
        self =
            DatabaseFile.isNamed(by: text)
            ? .sqlite(try DatabaseFile(url: text)) : .postgres(try ConnectionString(text, password: password))
    }

    /// The password, which must be kept out of everything that is printed or sent.
    package var password: String? {
        switch self {
        case .postgres(let target): target.password
        case .sqlite: nil
        }
    }
}

extension DatabaseURL: CustomStringConvertible {
    package var description: String {
        switch self {
        case .postgres(let target): target.description
        case .sqlite(let file): file.description
        }
    }
}

/// What stands for the password in a URL, as it is written: known as a secret before anybody parses it.
package func urlPassword(in url: String) -> String? {
    guard let start = url.firstRange(of: "://")?.upperBound, let end = url.lastIndex(of: "@"), start < end,
        let colon = url[start..<end].firstIndex(of: ":")
    else { return nil }
    return String(url[url.index(after: colon)..<end])
}

/// Tells where the database is, each time anew: a secret may have been rotated.
package typealias DatabaseSource = @Sendable () throws(DatabaseError) -> DatabaseURL

extension Product {
    /// What its migrations are written in.
    package var dialect: Dialect {
        switch self {
        case .postgreSQL: .postgreSQL
        case .sqlite: .sqlite
        }
    }
}
