import Revisions
import Scripts
import Waiting

// Times what Apus does with a history that is all applied: GraphBench FOLDER. Prints two numbers of seconds, as
// bench/alembic_graph.py does: the files read and the plan made, and the same from revisions that are there already.

func seconds(_ body: () throws -> Void) rethrows -> Double {
    try ContinuousClock().measure(body) / .seconds(1)
}

func plan(_ graph: RevisionGraph) throws {
    let plan = try graph.plan(upgradeOver: RevisionRange(parsing: "heads:heads"))
    precondition(plan.isEmpty)
}

Heap.growInLargeSteps()
let folder = CommandLine.arguments[1]
var history: MigrationSet?
let files = try seconds {
    let read = try MigrationSet.read(from: [folder])
    try plan(read.graph)
    // As in a command, which keeps it to its end.
    history = read
}
let revisions = history?.graph.revisions ?? []
print(files, try seconds { try plan(RevisionGraph(revisions)) })
