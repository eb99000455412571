/// What a session knows about its database from the first moment on.
package struct ServerFacts: Sendable, Hashable {
    /// "PostgreSQL" or "SQLite".
    package var product: String
    /// The version as a number, such as 150020.
    package var versionNumber: Int
    /// `host:port/database` or a path; never with user or password.
    package var name: String
    /// The database's own name.
    package var database: String
    /// Who is connected.
    package var user: String

    package init(product: String, versionNumber: Int, name: String, database: String, user: String) {
        self.product = product
        self.versionNumber = versionNumber
        self.name = name
        self.database = database
        self.user = user
    }
}
