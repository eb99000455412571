import Ledgers

/// Whose table says what is applied.
public enum Ledger: Sendable, Hashable {
    /// `apus_revision`: a row for each applied revision, with its checksum.
    case apus
    /// `alembic_version`: a row for each current head, which Alembic reads and writes too.
    case alembic(table: String = "alembic_version")

    var kind: LedgerKind {
        switch self {
        case .apus: .apus
        case .alembic(let table): .alembic(table: table)
        }
    }
}
