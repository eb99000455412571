extension StatementKind {
    /// The kind of a statement for SQLite ("SQL As Understood By SQLite").
    static func readSQLite(_ phrase: inout PhraseReader) -> StatementKind {
        switch phrase.keyword {
        case "vacuum", "attach", "detach": .notInTransaction
        case "pragma": readPragma(&phrase)
        default: readTransactionControl(&phrase) ?? .other
        }
    }

    /// `PRAGMA [schema.]name …`: a few are refused inside a transaction, `foreign_keys` is passed over in silence.
    private static func readPragma(_ phrase: inout PhraseReader) -> StatementKind {
        _ = phrase.take("pragma")
        switch phrase.takeQualifiedName()?.name {
        case "journal_mode", "synchronous", "wal_checkpoint", "temp_store", "page_size", "auto_vacuum":
            return .notInTransaction
        default:
            return .withoutEffectInTransaction
        }
    }
}
