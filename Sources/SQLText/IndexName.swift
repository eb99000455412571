/// What CREATE INDEX CONCURRENTLY says about the index it makes.
package struct IndexName: Sendable, Hashable {
    /// The index, in the schema of its table; nil when the server is to choose a name.
    package let name: QualifiedName?
    /// The table that is indexed.
    package let table: QualifiedName
    /// Whether it is a UNIQUE index.
    package let isUnique: Bool
    /// Whether it says IF NOT EXISTS, which also passes over an invalid index of that name.
    package let ifNotExists: Bool

    /// An index `name` on `table`.
    package init(
        name: QualifiedName?,
        table: QualifiedName,
        isUnique: Bool = false,
        ifNotExists: Bool = false
    ) {
        self.name = name
        self.table = table
        self.isUnique = isUnique
        self.ifNotExists = ifNotExists
    }
}
