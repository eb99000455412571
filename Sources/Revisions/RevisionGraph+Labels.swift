// Where a branch label shows. It names one revision, and is shown with those around it.
extension RevisionGraph {
    /// The labels to show with each revision that has any, sorted.
    ///
    /// A label spreads to everything that follows its revision. It spreads down, too, for as long as the whole line
    /// from the tip is straight: Alembic walks down from the last descendant, up to the first branch point or merge.
    package func spreadLabels() -> [Revision.ID: [String]] {
        var spread = [Set<String>](repeating: [], count: revisions.count)
        for position in topology {
            spread[position].formUnion(revisions[position].labels)
            for parent in parents[position] {
                // Nearly always all the same set: then nothing is copied.
                if spread[position].isEmpty {
                    spread[position] = spread[parent]
                } else if !spread[parent].isEmpty {
                    spread[position].formUnion(spread[parent])
                }
            }
        }
        let straight = straightPositions()
        for position in labels.values {
            for below in line(below: position, along: straight) {
                spread[below].formUnion(revisions[position].labels)
            }
        }
        let shown = revisions.indices.filter { !spread[$0].isEmpty }
        return Dictionary(uniqueKeysWithValues: shown.map { (id($0), spread[$0].sorted()) })
    }

    /// What a label spreads down to: nothing when the history parts or joins above it.
    private func line(below labelled: Int, along straight: PositionSet) -> [Int] {
        var tip = labelled
        while straight.contains(tip), let next = children[tip].first { tip = next }
        guard straight.contains(tip) else { return [] }
        var line: [Int] = []
        var position = labelled
        while let parent = parents.only(of: position), straight.contains(parent) {
            line.append(parent)
            position = parent
        }
        return line
    }

    /// What is neither a merge nor a branch point. Here every dependent makes a branch, also one that a revision below
    /// it makes superfluous.
    private func straightPositions() -> PositionSet {
        var above = [Set<Int>](repeating: [], count: revisions.count)
        for (position, revision) in revisions.enumerated() {
            for parent in parents[position] { above[parent].insert(position) }
            for name in revision.dependencies {
                guard let dependency = positions[Revision.ID(rawValue: name)] ?? labels[name] else {
                    continue
                }
                above[dependency].insert(position)
            }
        }
        let straight = revisions.indices.filter { above[$0].count <= 1 && parents.degree(of: $0) <= 1 }
        return PositionSet(straight, count: revisions.count)
    }
}
