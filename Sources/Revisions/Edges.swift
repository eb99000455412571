/// Which revisions lead to which, stored flat: one history of 100,000 revisions is two arrays, not 100,000.
struct Edges: Sendable {
    private var offsets: [Int]
    private var targets: [Int]

    /// No revisions yet, and room for `capacity` of them.
    init(capacity: Int) {
        offsets = [0]
        offsets.reserveCapacity(capacity + 1)
        targets = []
        targets.reserveCapacity(capacity)
    }

    /// Whether no revision leads to another.
    var isEmpty: Bool { targets.isEmpty }

    /// How many revisions there are.
    var count: Int { offsets.count - 1 }

    subscript(position: Int) -> ArraySlice<Int> { targets[offsets[position]..<offsets[position + 1]] }

    /// How many edges leave a revision.
    func degree(of position: Int) -> Int { offsets[position + 1] - offsets[position] }

    /// The only edge of a revision, or nil when it has none or several.
    func only(of position: Int) -> Int? {
        degree(of: position) == 1 ? targets[offsets[position]] : nil
    }

    /// Gives the next revision its edges.
    mutating func append(_ list: some Sequence<Int>) {
        targets += list
        offsets.append(targets.count)
    }

    /// The edges of both, those of `other` behind.
    func joined(_ other: Edges) -> Edges {
        var result = Edges(capacity: count)
        for position in 0..<count { result.append([self[position], other[position]].joined()) }
        return result
    }

    /// The same edges the other way; those of one revision in the order of the files.
    var inverse: Edges {
        var cursors = [Int](repeating: 0, count: count + 1)
        for target in targets { cursors[target + 1] += 1 }
        for position in 0..<count { cursors[position + 1] += cursors[position] }
        var result = self
        result.offsets = cursors
        for position in 0..<count {
            // By place: a slice would be counted for each of a hundred thousand revisions.
            for place in offsets[position]..<offsets[position + 1] {
                result.targets[cursors[targets[place]]] = position
                cursors[targets[place]] += 1
            }
        }
        return result
    }

    /// Everything that can be reached from `starts`, the starts included.
    func reachable(from starts: some Sequence<Int>) -> PositionSet {
        var found = PositionSet(count: count)
        var open = starts.filter { found.insert($0) }
        while let next = open.popLast() {
            for place in offsets[next]..<offsets[next + 1] where found.insert(targets[place]) {
                open.append(targets[place])
            }
        }
        return found
    }
}
