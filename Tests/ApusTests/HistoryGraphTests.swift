import Testing

@testable import apus

/// Histories as lines: pure, without files.
@Suite struct HistoryGraphTests {
    /// Draws revisions that are written as in `"c: a b"`, newest first: c follows a and b.
    private func drawing(_ lines: String..., glyphs: GraphGlyphs = .unicode) -> String {
        let names = lines.map { String($0.prefix { $0 != ":" }) }
        let nodes = lines.map { line in
            let parents = line.split(separator: ":").dropFirst().first?.split(separator: " ") ?? []
            return HistoryGraph.Node(
                parents: parents.compactMap { names.firstIndex(of: String($0)) },
                text: [String(line.prefix { $0 != ":" })]
            )
        }
        return HistoryGraph.draw(nodes, with: glyphs).joined(separator: "\n")
    }

    @Test func `a straight history is a column of marks`() {
        #expect(drawing("c: b", "b: a", "a") == "● c\n● b\n● a")
    }

    @Test func `a branch comes back to the line it left`() {
        #expect(
            drawing("c2: b", "c1: b", "b: a", "a") == """
                ● c2
                │ ● c1
                ├─╯
                ● b
                ● a
                """
        )
    }

    @Test func `a merge opens a line for each further parent`() {
        #expect(
            drawing("m: x y z", "z: a", "y: a", "x: a", "a") == """
                ● m
                ├─┬─╮
                │ │ ● z
                │ ● │ y
                │ ├─╯
                ● │ x
                ├─╯
                ● a
                """
        )
    }

    @Test func `lines that have nothing to do with a branch pass in front of it`() {
        #expect(
            drawing("a3: a1", "b2: b1", "a2: a1", "b1", "a1") == """
                ● a3
                │ ● b2
                │ │ ● a2
                ├─│─╯
                │ ● b1
                ● a1
                """
        )
    }

    @Test func `several roots do not seem to follow each other`() {
        #expect(
            drawing("b2: b1", "b1", "a2: a1", "a1") == """
                ● b2
                ● b1

                ● a2
                ● a1
                """
        )
        #expect(
            drawing("m: a1", "x", "y", "a1") == """
                ● m
                │ ● x
                │
                │ ● y
                ● a1
                """
        )
    }

    @Test func `a merge whose other line is drawn already meets it`() {
        #expect(
            drawing("t: a", "m: a b", "b: a", "a") == """
                ● t
                │ ● m
                ├─┤
                │ ● b
                ├─╯
                ● a
                """
        )
    }

    @Test func `a terminal without Unicode gets the same in ASCII`() {
        #expect(
            drawing("m: x y", "y: a", "x: a", "a", glyphs: .ascii) == """
                * m
                +-.
                | * y
                * | x
                +-'
                * a
                """
        )
    }

    @Test func `further lines of text stand beside the lines of the history`() {
        let nodes = [
            HistoryGraph.Node(parents: [1, 2], text: ["m", "more"]),
            HistoryGraph.Node(parents: [2], isPending: true, text: ["b", "more"]),
            HistoryGraph.Node(parents: [], text: ["a", "more"]),
        ]
        #expect(
            HistoryGraph.draw(nodes, with: .unicode) == [
                "● m", "│ more", "├─╮", "○ │ b", "│ │ more", "├─╯", "● a", "  more",
            ]
        )
    }

    @Test(arguments: [
        ([:], false), (["LANG": "de_DE.UTF-8"], true), (["LANG": "C.utf8"], true), (["LANG": "C"], false),
        (["LANG": "en_US.UTF-8", "LC_ALL": "C"], false), (["LANG": "C", "LC_CTYPE": "C.UTF-8"], true),
        (["LANG": "C.UTF-8", "LC_ALL": ""], true), (["LANG": "C.UTF-8", "TERM": "dumb"], false),
    ])
    func `the locale and the terminal decide on Unicode`(variables: [String: String], isUnicode: Bool) {
        let glyphs = GraphGlyphs.forEnvironment { variables[$0] }
        #expect(glyphs.revision == (isUnicode ? "●" : "*"))
    }

    @Test(arguments: 0..<200) func `whoever follows the lines finds the parents`(seed: UInt64) {
        var chance = Chance(state: seed &* 0x9E37_79B9_7F4A_7C15 &+ 1)
        let count = 40
        // The newest has place 0; parents stand below.
        let parents = (0..<count).map { place -> [Int] in
            let below = count - 1 - place
            let wanted = min(below, [0, 1, 1, 1, 1, 2, 2, 3][Int(chance.next() % 8)])
            var found: [Int] = []
            while found.count < wanted {
                let near = place + 1 + Int(chance.next() % UInt64(min(below, 8)))
                if !found.contains(near) { found.append(near) }
            }
            return found
        }
        let nodes = parents.map { HistoryGraph.Node(parents: $0, text: [""]) }
        let lines = HistoryGraph.draw(nodes, with: .unicode)
        let drawing = Drawing(lines)
        let read = (0..<count).map { drawing.parents(of: $0) }
        #expect(read == parents.map(Set.init), "\(lines.joined(separator: "\n"))")
    }
}

private struct Chance {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state >> 33
    }
}

/// Reads a drawing the way a person does, with a finger on the line.
private struct Drawing {
    private let cells: [[Character]]
    private var marks: [(line: Int, column: Int)] = []

    init(_ lines: [String]) {
        cells = lines.map { line in line.enumerated().filter { $0.offset % 2 == 0 }.map(\.element) }
        for (line, row) in cells.enumerated() {
            if let column = row.firstIndex(of: "●") { marks.append((line, column)) }
        }
    }

    func parents(of place: Int) -> Set<Int> {
        let (line, column) = marks[place]
        guard isBend(line + 1) else { return follow(line, column).map { [$0] } ?? [] }
        let columns = cells[line + 1].indices.filter { "╮╭├┤┬┼".contains(cells[line + 1][$0]) }
        return Set(columns.compactMap { follow(line + 1, $0) })
    }

    private func isBend(_ line: Int) -> Bool {
        line < cells.count && cells[line].contains { !" │●".contains($0) }
    }

    /// What the line leads to that leaves a cell downwards; nil when it ends there.
    private func follow(_ line: Int, _ column: Int) -> Int? {
        let next = line + 1
        guard next < cells.count, column < cells[next].count else { return nil }
        switch cells[next][column] {
        case "●": return marks.firstIndex { $0.line == next }
        // A line that ends in a bend goes on where the mark above the bend is.
        case "╯", "╰", "┴": return marks.first { $0.line == line }.flatMap { follow(next, $0.column) }
        case " ", "─": return nil
        default: return follow(next, column)
        }
    }
}
