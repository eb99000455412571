import Engine
import Revisions

extension IntegrityFinding {
    /// The revision it is about.
    var revision: Revision.ID {
        switch self {
        case .edited(let id, _), .missing(let id), .outOfOrder(let id, _), .ahead(let id),
            .unknownHead(let id):
            id
        }
    }

    /// What it makes of the revision.
    var word: String {
        switch self {
        case .edited: "edited"
        case .missing: "missing"
        case .outOfOrder: "out of order"
        case .ahead, .unknownHead: "ahead"
        }
    }
}
