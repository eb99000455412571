/// What the reading commands show of one revision. The names are the keys of its JSON.
struct RevisionEntry: Encodable {
    var revision: String
    var description: String
    var file: String
    var parents: [String]
    /// As the file names them: revisions or labels.
    var dependencies: [String]
    /// The labels of its branch, those that other revisions of it carry included.
    var labels: [String]
    var children: [String]
    /// No revision follows it.
    var head: Bool
    /// It is a head that another revision depends on: no target of `heads`.
    var depended_on: Bool
    var branch_point: Bool
    var merge_point: Bool

    // Only when the database was asked.
    var current: Bool?
    var applied: Bool?
    var applied_at: String?

    // Only when one revision is looked at.
    var comment: [String]?
    var way_back: Bool?
    var transaction: String?
    /// The text of the file, or of both.
    var sql: [String]?
}

/// The one document of a command that shows revisions.
struct RevisionDocument: Encodable {
    var revisions: [RevisionEntry]
}
