/// What a session knows about its database from the first moment on.
package struct ServerFacts: Sendable, Hashable {
    package var product: Product
    /// The version as a number, such as 150020 or 3040001.
    package var versionNumber: Int
    /// `host:port/database` or a path; never with user or password.
    package var name: String
    /// The database's own name.
    package var database: String
    /// Who is connected.
    package var user: String

    package init(product: Product, versionNumber: Int, name: String, database: String, user: String) {
        self.product = product
        self.versionNumber = versionNumber
        self.name = name
        self.database = database
        self.user = user
    }

    /// The version as people write it, such as "15.20" and "3.40.1".
    package var version: String {
        switch product {
        case .postgreSQL: "\(versionNumber / 10_000).\(versionNumber % 10_000)"
        case .sqlite: "\(versionNumber / 1_000_000).\(versionNumber / 1000 % 1000).\(versionNumber % 1000)"
        }
    }
}

/// The databases that there is a driver for.
package enum Product: String, Sendable, Hashable {
    case postgreSQL = "PostgreSQL"
    case sqlite = "SQLite"
}
