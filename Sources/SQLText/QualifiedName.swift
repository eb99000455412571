/// The name of a relation as the catalogue spells it: quotes removed, unquoted letters folded, cut to 63 bytes.
package struct QualifiedName: Sendable, Hashable {
    /// The schema, when the script names it.
    package let schema: String?
    /// The relation.
    package let name: String

    /// The relation `name` in `schema`.
    package init(schema: String? = nil, name: String) {
        self.schema = schema
        self.name = name
    }
}
