package import Revisions

/// A new revision as it is asked for.
package struct RevisionRequest: Sendable {
    /// What it does; without one it gets a title that says little.
    package var message: String?
    /// What it follows; nil is the only head.
    package var parents: [RevisionTarget]?
    /// Whether it may follow what others follow already.
    package var isSplice = false
    /// Whether it has to follow several.
    package var isMerge = false
    package var labels: [String] = []
    /// Revisions, beginnings of them, or labels.
    package var dependencies: [String] = []
    /// Its ID; without one, one is made.
    package var id: String?
    /// Where its file goes, when there are several directories.
    package var directory: String?
    /// nil is what is built in for the directory's kind of files.
    package var template: Template?
    package var time = CreationTime.now

    package init() {}
}
