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
        for position in labels.values {
            for below in straightLine(below: position) { spread[below].formUnion(revisions[position].labels) }
        }
        let shown = revisions.indices.filter { !spread[$0].isEmpty }
        return Dictionary(uniqueKeysWithValues: shown.map { (id($0), spread[$0].sorted()) })
    }

    /// What a label spreads down to: nothing when the history parts or joins above it.
    private func straightLine(below labelled: Int) -> [Int] {
        var tip = labelled
        while isStraight(tip), let next = children[tip].first { tip = next }
        guard isStraight(tip), isStraight(labelled) else { return [] }
        var line: [Int] = []
        var position = labelled
        while let parent = parents.only(of: position), isStraight(parent) {
            line.append(parent)
            position = parent
        }
        return line
    }

    /// Neither a branch point, dependents counted, nor a merge.
    private func isStraight(_ position: Int) -> Bool {
        dependents.degree(of: position) <= 1 && parents.degree(of: position) <= 1
    }
}
