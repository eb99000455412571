/// Positions by a lower bound, the lowest first: a binary heap.
struct BoundQueue {
    struct Entry {
        var bound: Int
        let position: Int
    }

    private var entries: [Entry]

    /// All of them at zero, which makes any order a heap.
    init(_ positions: some Sequence<Int>) {
        entries = positions.map { Entry(bound: 0, position: $0) }
    }

    var first: Entry? { entries.first }

    mutating func removeFirst() {
        let last = entries.removeLast()
        guard !entries.isEmpty else { return }
        entries[0] = last
        sink()
    }

    mutating func raiseFirst(to bound: Int) {
        entries[0].bound = bound
        sink()
    }

    private mutating func sink() {
        var index = 0
        while let child = lowerChild(of: index), entries[child].bound < entries[index].bound {
            entries.swapAt(index, child)
            index = child
        }
    }

    private func lowerChild(of index: Int) -> Int? {
        let left = 2 * index + 1
        guard left < entries.count else { return nil }
        let right = left + 1
        return right < entries.count && entries[right].bound < entries[left].bound ? right : left
    }
}
