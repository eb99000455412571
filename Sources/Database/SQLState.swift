/// A five-character code that says what a server refused (PostgreSQL manual, appendix A).
package struct SQLState: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }
    package init(stringLiteral value: String) { rawValue = value }

    /// The two characters that name the family, such as "08" for connections.
    package var family: Substring { rawValue.prefix(2) }

    package static let activeTransaction: SQLState = "25001"
    package static let adminShutdown: SQLState = "57P01"
    package static let cannotConnectNow: SQLState = "57P03"
    package static let crashShutdown: SQLState = "57P02"
    package static let databaseMissing: SQLState = "3D000"
    package static let deadlockDetected: SQLState = "40P01"
    package static let foreignKeyViolation: SQLState = "23503"
    package static let insufficientPrivilege: SQLState = "42501"
    package static let invalidPassword: SQLState = "28P01"
    package static let invalidSchemaName: SQLState = "3F000"
    package static let invalidTransactionTermination: SQLState = "2D000"
    package static let lockNotAvailable: SQLState = "55P03"
    package static let objectInUse: SQLState = "55006"
    package static let objectNotReady: SQLState = "55000"
    package static let queryCanceled: SQLState = "57014"
    package static let readOnlyTransaction: SQLState = "25006"
    package static let serializationFailure: SQLState = "40001"
    package static let undefinedTable: SQLState = "42P01"
    package static let uniqueViolation: SQLState = "23505"
}
