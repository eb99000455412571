/// One step of a schema's history: an identifier, and what it follows.
package struct Revision: Sendable, Hashable, Identifiable {
    /// The name of a revision, unique in its history.
    package struct ID: RawRepresentable, Hashable, Comparable, Sendable, ExpressibleByStringLiteral,
        CustomStringConvertible
    {
        package let rawValue: String

        package init(rawValue: String) { self.rawValue = rawValue }
        package init(stringLiteral value: String) { rawValue = value }

        package var description: String { rawValue }
        package static func < (left: ID, right: ID) -> Bool { left.rawValue < right.rawValue }
    }

    package let id: ID
    /// The revisions this one follows; several make it a merge, none makes it a base.
    package let parents: [ID]
    /// Revisions, or labels of revisions, that must be applied before this one without being its parents.
    package let dependencies: [String]
    /// Names of the branch that begins here.
    package let labels: [String]
    /// The file it stands in, for messages.
    package let file: String

    package init(
        id: ID,
        parents: [ID] = [],
        dependencies: [String] = [],
        labels: [String] = [],
        file: String = ""
    ) {
        self.id = id
        self.parents = parents
        self.dependencies = dependencies
        self.labels = labels
        self.file = file
    }
}
