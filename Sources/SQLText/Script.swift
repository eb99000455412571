/// A script, cut at its markers.
package struct Script: Sendable {
    /// The whole file.
    package let text: SourceText
    /// Its parts in the order of the file.
    package let sections: [Section]
    /// False when the file is one up section from its first byte to its last.
    package let hasMarkers: Bool

    /// Finds the markers of a script, and whatever makes it impossible to find them all.
    ///
    /// - Parameter isWayBack: Whether the file is there for the way back alone, so that it may begin with that.
    package static func parse(_ text: SourceText, isWayBack: Bool = false) throws(SQLTextError) -> Script {
        let whole = 0..<text.bytes.count
        try text.check(in: whole)
        let sections = try SectionReader(text, isWayBack: isWayBack).read()
        guard sections.isEmpty else { return Script(text: text, sections: sections, hasMarkers: true) }
        let section = Section(direction: .up, options: SectionOptions(), range: whole, markerLine: nil)
        return Script(text: text, sections: [section], hasMarkers: false)
    }
}
