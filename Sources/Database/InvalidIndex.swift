/// An index that a failed or cancelled `CONCURRENTLY` command left unusable.
package struct InvalidIndex: Sendable, Hashable {
    /// Quoted and qualified, as it can stand in a statement.
    package let name: String
    /// The session that is building it at this moment, if any.
    package let builder: Int?

    package init(name: String, builder: Int?) {
        self.name = name
        self.builder = builder
    }
}
