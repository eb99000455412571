import Database
import Revisions

/// What the ledger's statements say differently in each database. Everything else in them is the same.
protocol LedgerDialect: Sendable {
    /// Finds the table, or the place for a new one.
    ///
    /// - Throws: `DatabaseError`; of kind `.configuration` when there is no such place.
    func locate(_ table: String, on session: any Session, schema: String?) throws(DatabaseError) -> (
        schema: String, exists: Bool
    )

    /// Those of the tables that can be seen without naming a schema.
    func present(_ tables: [String], on session: any Session) throws(DatabaseError) -> [String]

    /// Where a database that nobody has asked would have the table.
    var usualSchema: String { get }

    /// The statements that make both tables of Apus's own ledger. They may be run again.
    func creation(of table: String, and runTable: String) -> [String]

    /// The string as a literal that is safe in a statement.
    func literal(_ value: String?) -> String

    /// The name quoted for a statement.
    func identifier(_ name: String) -> String

    /// An expression that is true when `condition` holds, and an error with `LedgerRefusal.changedMessage` when it does not.
    func demand(_ condition: String) -> String

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

    /// For a script that the database's own shell runs.
    var scriptDialect: any LedgerDialect {
        switch self {
        case .postgreSQL: PostgresLedgerDialect()
        case .sqlite: SQLiteLedgerDialect(isScript: true)
        }
    }
}

extension LedgerDialect {
    func literal(_ revision: Revision.ID) -> String { literal(revision.rawValue) }

    /// The name of a table with its schema.
    func table(_ name: String, in schema: String) -> String { "\(identifier(schema)).\(identifier(name))" }
}
