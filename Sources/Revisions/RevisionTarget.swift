/// A point in the history, as a person writes it: absolute, or so many steps from somewhere.
package enum RevisionTarget: Hashable, Sendable {
    /// `head`, `heads`, `base`, `rev`, `label`, and each after `label@`.
    case place(Place, on: String?)
    /// `rev+N`, `head-N`, `label@base+N`: so many steps up (or down, negative) from a place.
    case steps(Int, from: Place, on: String?)
    /// `+N`, `-N`, `label@-N`: so many steps from what is applied.
    case stepsFromHere(Int, on: String?)

    /// What a target can name without counting.
    package enum Place: Hashable, Sendable {
        /// The only head.
        case head
        /// All heads that nothing depends on.
        case heads
        /// Below every revision.
        case base
        /// A revision, the beginning of its ID, or a branch label.
        case named(String)
    }

    package static let head = RevisionTarget.place(.head, on: nil)
    package static let heads = RevisionTarget.place(.heads, on: nil)
    package static let base = RevisionTarget.place(.base, on: nil)
    /// `current`: what is applied. A word of the reading commands only, as in Alembic.
    package static let current = RevisionTarget.named("current")

    package static func named(_ name: String) -> RevisionTarget { .place(.named(name), on: nil) }

    /// The label or revision before the "@".
    package var branch: String? {
        switch self {
        case .place(_, let branch), .steps(_, _, let branch), .stepsFromHere(_, let branch): branch
        }
    }
}

extension RevisionTarget: CustomStringConvertible {
    package var description: String {
        let point =
            switch self {
            case .place(let place, _): place.description
            case .steps(let count, let place, _): place.description + Self.signed(count)
            case .stepsFromHere(let count, _): Self.signed(count)
            }
        return branch.map { "\($0)@\(point)" } ?? point
    }

    private static func signed(_ count: Int) -> String { count < 0 ? "\(count)" : "+\(count)" }
}

extension RevisionTarget.Place: CustomStringConvertible {
    package var description: String {
        switch self {
        case .head: "head"
        case .heads: "heads"
        case .base: "base"
        case .named(let name): name
        }
    }
}
