import Ledgers

/// Whose table says what is applied.
public enum Ledger: Sendable, Hashable {
    /// `apus_revision`: a row for each applied revision, with its checksum.
    case apus
    /// `alembic_version`: a row for each current head, which Alembic reads and writes too.
    case alembic(table: String = "alembic_version")

    /// nil for the one that is taken unless another tool has been at work.
    var kind: LedgerKind? {
        switch self {
        case .apus: nil
        case .alembic(let table): LedgerKind(versionTable: table)
        }
    }
}
