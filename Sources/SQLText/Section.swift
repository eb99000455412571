/// One part of a script, below its `-- migrate:up` or `-- migrate:down`.
package struct Section: Sendable, Hashable {
    /// What its marker says.
    package let direction: Direction
    /// What the words behind the marker ask for.
    package let options: SectionOptions
    /// The body: from the line below the marker to the next marker.
    package let range: Range<Int>
    /// The line of the marker; nil in a file without markers.
    package let markerLine: Int?
}
