import Database
import Engine
import Revisions
import Scripts

/// What the files and the database say of each other.
public struct Status: Sendable, Hashable {
    /// One contradiction between them.
    public struct Finding: Sendable, Hashable, CustomStringConvertible {
        /// The ways in which files and database can contradict each other.
        @nonexhaustive public enum Kind: Sendable, Hashable {
            /// The file was edited after it was applied.
            case edited
            /// The revision is applied, and its file is gone.
            case missing
            /// The revision is pending below applied ones.
            case outOfOrder
            /// The database has a revision that is newer than these files.
            case ahead
        }

        /// What contradicts what.
        public let kind: Kind
        /// The revision that is meant.
        public let revision: String
        /// What it is, in which file, and what to do.
        public let description: String
    }

    /// `host:port/database`, or the path of the file.
    public let database: String
    /// The heads of what is applied.
    public let current: [String]
    /// The heads of the files.
    public let heads: [String]
    /// What an upgrade would apply, in order.
    public let pending: [String]
    /// What contradicts each other. An upgrade would end with it, except for `ahead` where that is allowed.
    public let findings: [Finding]
    /// Whether the database is what this release needs: nothing is pending, and nothing contradicts.
    public let isCurrent: Bool

    /// - Throws: `Failure`.
    init(_ inspection: Inspection, allowsAhead: Bool) throws(Failure) {
        database = inspection.server.name
        current = inspection.current.map(\.rawValue)
        heads = inspection.migrations.graph.heads.map(\.rawValue)
        pending = try inspection.pending().map(\.rawValue)
        findings = inspection.findings.map(Finding.init)
        isCurrent = pending.isEmpty && findings.allSatisfy { allowsAhead && $0.kind == .ahead }
    }
}

extension Status.Finding {
    init(_ finding: IntegrityFinding) {
        let (kind, id): (Kind, Revision.ID) =
            switch finding {
            case .edited(let id, _): (.edited, id)
            case .missing(let id), .renamed(let id, _): (.missing, id)
            case .outOfOrder(let id, _): (.outOfOrder, id)
            case .ahead(let id), .unknownHead(let id): (.ahead, id)
            }
        self.init(kind: kind, revision: id.rawValue, description: finding.description)
    }
}
