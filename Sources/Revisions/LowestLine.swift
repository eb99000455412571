/// Answers which is the earliest opened line above a revision.
///
/// It is climbed for. Where that has cost as much as looking everything above up once for all, this is done, and the
/// lines are gone through from the last answer on: the answer for one revision only ever grows, because lines come
/// down, and new ones are numbered higher.
struct LowestLine {
    /// What is known of a revision that has been asked for.
    private struct Known {
        /// How many revisions were climbed for it.
        var steps = 0
        var answer = 0
        /// Everything that stood above it at one time, if that has been looked up.
        var above: Set<Int>?
    }

    private let graph: RevisionGraph
    private var climb: LowestLineClimb
    private var known: [Int: Known] = [:]

    init(_ graph: RevisionGraph) {
        self.graph = graph
        climb = LowestLineClimb(graph)
    }

    /// Nothing will be asked for a revision any more.
    mutating func forget(_ position: Int) { known[position] = nil }

    /// The first line whose tip stands above a revision.
    mutating func line(above position: Int, among remaining: PositionSet, _ lines: OpenLines) -> Int? {
        var entry = known.removeValue(forKey: position) ?? Known()
        if entry.above == nil, entry.steps > remaining.count {
            entry.above = members(above: position, among: remaining)
        }
        let before = climb.steps
        let answer =
            if let above = entry.above {
                lines.first(from: entry.answer, among: above)
            } else {
                climb.line(above: position, among: remaining, lines)
            }
        entry.steps += climb.steps - before
        entry.answer = answer ?? entry.answer
        known[position] = entry
        return answer
    }

    /// What stands above a revision and is not done.
    private func members(above position: Int, among remaining: PositionSet) -> Set<Int> {
        var found: Set<Int> = []
        var open = [position]
        while let next = open.popLast() {
            for dependent in graph.dependents[next] where remaining.contains(dependent) {
                if found.insert(dependent).inserted { open.append(dependent) }
            }
        }
        return found
    }
}
