/// What is to be done, in order. Made before anything is done, from values alone.
package struct Plan: Sendable, Hashable {
    /// Which way a plan leads.
    package enum Direction: Sendable, Hashable {
        case up, down
    }

    /// Why there is nothing to do.
    package enum Idleness: Sendable, Hashable {
        /// The target is what is applied.
        case alreadyThere([Revision.ID])
        /// The target of an upgrade is applied, and more is above it.
        case alreadyAbove([Revision.ID])
    }

    package let direction: Direction
    /// The revisions to apply, lowest first; or to undo, highest first.
    package let steps: [Revision.ID]
    /// Why there are none, when there are none.
    package let idleness: Idleness?

    /// Whether nothing is to be done.
    package var isEmpty: Bool { steps.isEmpty }

    init(_ direction: Direction, _ steps: [Revision.ID], ifIdle idleness: Idleness) {
        self.direction = direction
        self.steps = steps
        self.idleness = steps.isEmpty ? idleness : nil
    }
}

extension Plan.Idleness: CustomStringConvertible {
    package var description: String {
        switch self {
        case .alreadyThere(let ids): ids.isEmpty ? "nothing is applied" : "already at \(list(ids))"
        case .alreadyAbove(let ids):
            ids.isEmpty
                ? "base is below what is applied; `apus downgrade base` undoes it"
                : "\(list(ids)) is applied already, and more above it; `apus downgrade` undoes that"
        }
    }

    private func list(_ ids: [Revision.ID]) -> String { ids.map(\.rawValue).joined(separator: ", ") }
}
