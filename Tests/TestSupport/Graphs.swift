package import Revisions

/// A graph in one line: `graph("a", "a -> b", "a -> c", "b, c -> m")`.
package func graph(_ lines: String...) throws -> RevisionGraph {
    try RevisionGraph(lines.map(revision))
}

/// One revision in that notation; `"a -> b (needs x) [label]"` adds a dependency and a branch label.
package func revision(_ line: String) -> Revision {
    let sides = line.split(separator: "->").map { $0.filter { $0 != " " } }
    let parents =
        sides.count == 2 ? sides[0].split(separator: ",").map { Revision.ID(rawValue: String($0)) } : []
    var name = String(sides[sides.count - 1])
    let labels = take(from: &name, between: "[", and: "]")
    let needs = take(from: &name, between: "(needs", and: ")")
    return Revision(
        id: Revision.ID(rawValue: name),
        parents: parents,
        dependencies: needs,
        labels: labels,
        file: "\(name).sql"
    )
}

private func take(from text: inout String, between open: String, and close: Character) -> [String] {
    guard let start = text.firstRange(of: open), let end = text[start.upperBound...].firstIndex(of: close)
    else { return [] }
    let inner = text[start.upperBound..<end].split(separator: ",").map(String.init)
    text.removeSubrange(start.lowerBound...end)
    return inner
}
