/// A set of positions in a history: one flag for each revision.
struct PositionSet: Hashable, Sendable {
    private var flags: [Bool]
    private(set) var count = 0

    /// The empty set in a history of `count` revisions.
    init(count: Int) { flags = [Bool](repeating: false, count: count) }

    init(_ members: some Sequence<Int>, count: Int) {
        self.init(count: count)
        for member in members { insert(member) }
    }

    var isEmpty: Bool { count == 0 }

    func contains(_ position: Int) -> Bool { flags[position] }

    /// The members, in the order of the files.
    var members: [Int] { flags.indices.filter { flags[$0] } }

    /// Returns whether it was not there before.
    @discardableResult
    mutating func insert(_ position: Int) -> Bool {
        guard !flags[position] else { return false }
        flags[position] = true
        count += 1
        return true
    }

    mutating func remove(_ position: Int) {
        guard flags[position] else { return }
        flags[position] = false
        count -= 1
    }

    func union(_ other: PositionSet) -> PositionSet {
        var result = self
        for position in other.members { result.insert(position) }
        return result
    }

    func intersection(_ other: PositionSet) -> PositionSet {
        PositionSet(members.filter { other.contains($0) }, count: flags.count)
    }

    func subtracting(_ other: PositionSet) -> PositionSet {
        PositionSet(members.filter { !other.contains($0) }, count: flags.count)
    }
}
