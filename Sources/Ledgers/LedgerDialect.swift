import Database
import Revisions

/// What the ledger's statements say differently in each database. Everything else in them is the same.
protocol LedgerDialect {
    /// Finds the ledger, or the place for a new one.
    ///
    /// - Throws: `DatabaseError`; of kind `.configuration` when there is no such place.
    func locate(on session: any Session, schema: String?) throws(DatabaseError) -> (
        schema: String, exists: Bool
    )

    /// The statements that make both tables. They may be run again.
    func creation(of table: String, and runTable: String) -> String

    /// The moment, by the database's clock.
    var now: String { get }

    /// Who is connected.
    var user: String { get }

    /// Whole milliseconds since the transaction began.
    var millisecondsOfTransaction: String { get }

    /// Whole milliseconds since the moment in `column`.
    func milliseconds(since column: String) -> String

    /// The moment in `column` as RFC 3339, to the second.
    func timestamp(_ column: String) -> String

    /// The literals as one list.
    func list(_ literals: [String]) -> String

    /// The literal as JSON.
    func json(_ literal: String) -> String
}

extension Product {
    var ledgerDialect: any LedgerDialect {
        switch self {
        case .postgreSQL: PostgresLedgerDialect()
        case .sqlite: SQLiteLedgerDialect()
        }
    }
}
