/// The lines a walk has open, in the order they were opened, and the revision that each one stands at.
struct OpenLines {
    private var tips: [Int] = []
    private var previous: [Int?] = []
    private var next: [Int?] = []
    private var partings: [Int] = []
    private var lineAt: [Int?]
    private(set) var first: Int?
    private var last: Int?

    init(at tips: [Int], count: Int) {
        lineAt = [Int?](repeating: nil, count: count)
        for tip in tips { open(at: tip) }
    }

    func tip(of line: Int) -> Int { tips[line] }

    func isTip(_ position: Int) -> Bool { lineAt[position] != nil }

    /// The line that stands at a revision.
    func line(at position: Int) -> Int? { lineAt[position] }

    /// The first open line from `line` on that stands at one of these revisions.
    func first(from line: Int, among positions: Set<Int>) -> Int? {
        (line..<tips.count).first { lineAt[tips[$0]] == $0 && positions.contains(tips[$0]) }
    }

    /// How often a line has parted or ended in another; of no line, never.
    func partings(of line: Int) -> Int { line < partings.count ? partings[line] : 0 }

    /// A line has parted, or ends in another: not all that stood below its tip does so any longer.
    mutating func part(_ line: Int) { partings[line] += 1 }

    /// Begins a line after all others.
    mutating func open(at tip: Int) {
        let line = tips.count
        tips.append(tip)
        lineAt[tip] = line
        previous.append(last)
        next.append(nil)
        partings.append(0)
        if let last { next[last] = line } else { first = line }
        last = line
    }

    mutating func move(_ line: Int, to tip: Int) {
        lineAt[tips[line]] = nil
        tips[line] = tip
        lineAt[tip] = line
    }

    /// Ends a line, and returns the one before it, else the one that is now the first.
    mutating func close(_ line: Int) -> Int? {
        lineAt[tips[line]] = nil
        let (before, after) = (previous[line], next[line])
        if let before { next[before] = after } else { first = after }
        if let after { previous[after] = before } else { last = before }
        return before ?? first
    }
}
