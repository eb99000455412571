/// Which revisions lead to which, stored flat: one history of 100,000 revisions is two arrays, not 100,000.
struct Edges: Sendable {
    private var offsets: [Int]
    private var targets: [Int]

    /// Edges from as many revisions as there are lists.
    init(_ lists: [[Int]]) {
        offsets = [0]
        offsets.reserveCapacity(lists.count + 1)
        targets = []
        targets.reserveCapacity(lists.count)
        for list in lists { append(list) }
    }

    /// No revisions yet, and room for `capacity` of them.
    init(capacity: Int) {
        offsets = [0]
        offsets.reserveCapacity(capacity + 1)
        targets = []
        targets.reserveCapacity(capacity)
    }

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
    mutating func append(_ list: some Collection<Int>) {
        targets += list
        offsets.append(targets.count)
    }

    /// Gives the next revision two lists of edges.
    mutating func append(_ list: ArraySlice<Int>, _ further: ArraySlice<Int>) {
        targets += list
        append(further)
    }

    /// The same edges the other way; those of one revision in the order of the files.
    var inverse: Edges {
        var cursors = [Int](repeating: 0, count: count + 1)
        for target in targets { cursors[target + 1] += 1 }
        for position in 0..<count { cursors[position + 1] += cursors[position] }
        var result = self
        result.offsets = cursors
        for position in 0..<count {
            for target in self[position] {
                result.targets[cursors[target]] = position
                cursors[target] += 1
            }
        }
        return result
    }

    /// Everything that can be reached from `starts`, the starts included.
    func reachable(from starts: some Sequence<Int>) -> PositionSet {
        var found = PositionSet(count: count)
        var open = starts.filter { found.insert($0) }
        while let next = open.popLast() {
            for neighbour in self[next] where found.insert(neighbour) { open.append(neighbour) }
        }
        return found
    }
}
