/// A stretch of the history as a person writes it: `a:b`, either end open.
package struct RevisionRange: Hashable, Sendable {
    package let start: RevisionTarget?
    package let end: RevisionTarget?

    package init(from start: RevisionTarget? = nil, to end: RevisionTarget? = nil) {
        self.start = start
        self.end = end
    }

    /// - Throws: `RevisionError.malformedRange`, or `.malformedTarget` for an end.
    package init(parsing text: String) throws(RevisionError) {
        let ends = text.split(separator: ":", omittingEmptySubsequences: false)
        guard ends.count == 2 else { throw .malformedRange(text) }
        start = ends[0].isEmpty ? nil : try RevisionTarget(parsing: String(ends[0]))
        end = ends[1].isEmpty ? nil : try RevisionTarget(parsing: String(ends[1]))
    }
}

extension RevisionRange: CustomStringConvertible {
    package var description: String { "\(start?.description ?? ""):\(end?.description ?? "")" }
}
