import CSQLite
import Database

/// What SQLite answered ("Result and Error Codes"), as the condition of the SQL standard, or of PostgreSQL, that is nearest:
/// everything above a driver decides by those.
struct ResultCode {
    /// The extended code.
    let number: Int32

    private var primary: Int32 { number & 0xFF }

    var kind: DatabaseError.Kind {
        switch primary {
        case SQLITE_NOTADB: .configuration
        default: .server(state)
        }
    }

    private var state: SQLState {
        switch primary {
        case SQLITE_BUSY, SQLITE_LOCKED: .lockNotAvailable
        case SQLITE_READONLY: .readOnlyTransaction
        case SQLITE_PERM, SQLITE_AUTH, SQLITE_CANTOPEN: .insufficientPrivilege
        case SQLITE_FULL: "53100"
        case SQLITE_NOMEM: "53200"
        case SQLITE_IOERR: "58030"
        case SQLITE_CORRUPT: "XX001"
        case SQLITE_INTERRUPT: .queryCanceled
        case SQLITE_TOOBIG: "54000"
        case SQLITE_MISMATCH: "42804"
        case SQLITE_CONSTRAINT: constraint
        default: "42000"
        }
    }

    private var constraint: SQLState {
        switch number {
        case SQLITE_CONSTRAINT | (8 << 8), SQLITE_CONSTRAINT | (6 << 8), SQLITE_CONSTRAINT | (10 << 8):
            .uniqueViolation
        case SQLITE_CONSTRAINT | (5 << 8): "23502"
        case SQLITE_CONSTRAINT | (3 << 8): .foreignKeyViolation
        case SQLITE_CONSTRAINT | (1 << 8): "23514"
        default: "23000"
        }
    }
}

extension DatabaseError.Kind {
    /// Some refusals have no code of their own: a statement that runs outside transactions only.
    static func refining(_ code: ResultCode, _ message: String) -> DatabaseError.Kind {
        let words = [
            "cannot start a transaction within a transaction", "from within a transaction",
            "within transaction", "inside a transaction",
        ]
        return words.contains { message.contains($0) } ? .server(.activeTransaction) : code.kind
    }
}
