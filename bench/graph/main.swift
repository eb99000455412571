import Revisions

// Times what Apus does with a history once its files are read. One revision a line on standard input: ID, parents,
// dependencies, with tabs between and commas in a list. Prints seconds: the graph, a plan with nothing pending, a plan of all.

/// The least of several runs: what the machine does beside only adds.
func seconds(_ body: () throws -> Void) rethrows -> Double {
    var least = Duration.seconds(3600)
    for _ in 0..<5 { least = min(least, try ContinuousClock().measure(body)) }
    return least / .seconds(1)
}

var revisions: [Revision] = []
while let line = readLine() {
    let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
    let lists = fields.dropFirst().map { $0.split(separator: ",").map(String.init) }
    revisions.append(
        Revision(
            id: .init(rawValue: String(fields[0])),
            parents: lists[0].map { .init(rawValue: $0) },
            dependencies: lists[1]
        )
    )
}
let all = Set(revisions.map(\.id))
let graph = try RevisionGraph(revisions)
print(
    try seconds { _ = try RevisionGraph(revisions) },
    try seconds { _ = try graph.plan(upgradeTo: .heads, applied: all) },
    try seconds { _ = try graph.plan(upgradeTo: .heads, applied: []) }
)
