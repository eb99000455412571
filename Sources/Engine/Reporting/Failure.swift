package import Database
package import Ledgers
package import Revisions
package import Scripts

/// Why a run ended without reaching its target. Each case carries the facts; `Failure+Wording.swift` has the words.
package enum Failure: Error {
    case scripts(ScriptError)
    case target(RevisionError)
    case unavailable(Unavailability)
    case pooled
    case lockHeld(by: OtherSession?, waited: Duration)
    case orphans([OtherSession])
    case lockLost(during: Revision.ID?)
    case ledgerChanged(during: Revision.ID?)
    case foreignHistory(ForeignHistory)
    case nothingToAdopt(table: String)
    /// Apus's own ledger has something else already.
    case adopted([Revision.ID], other: [Revision.ID])
    /// In a script for SQLite.
    case offlineDirective(file: String, line: Int)
    case unconfirmed([Revision.ID], reachesBase: Bool)
    case integrity([IntegrityFinding])
    case dirty(Dirt)
    case backup(BackupFailure, hook: String)
    case statement(StatementFailure)
    case record(RecordFailure)
    case locksExhausted(StatementFailure, attempts: Int, blockers: [Blocker])
    case connectionLost(during: Revision.ID?, error: DatabaseError, outcome: Outcome)
    case deadlinePassed(next: Revision.ID)
    case notThereYet([Revision.ID])
    /// In doubt is a revision whose connection was lost, and of which nobody has looked yet what became of it.
    case interrupted(signal: Int32, inDoubt: Revision.ID? = nil)
    case verification(String)
    case database(DatabaseError, doing: String)

    /// What became of a transaction whose connection was lost.
    package enum Outcome: Sendable, Hashable {
        /// Nothing was under way.
        case none
        case rolledBack
        /// The database did not come back in time to be asked.
        case unknown
    }

    /// A migration that is half applied.
    package struct Dirt: Sendable, Hashable {
        package let revision: Revision.ID
        /// Which way it was going.
        package let direction: Plan.Direction
        package let file: String
        package let done: Int
        /// Statements of the file; nil when it was not looked into.
        package let total: Int?
        /// Where the next statement begins, when it was looked into.
        package let line: Int?
        /// Why it is not simply taken up.
        package let reason: String
    }
}

/// A statement that the database refused, and where it stands.
package struct StatementFailure: Sendable, Hashable {
    package let revision: Revision.ID
    package let file: String
    package let line: Int
    package let column: Int
    /// The line of the file.
    package let source: String
    /// The statement's number in the file, from 1.
    package let statement: Int
    package let error: DatabaseError
    /// How many statements before it are committed and stay: more than none only outside a transaction.
    package let statementsDone: Int
}

/// What we write down of a migration was refused, not a statement of it.
package struct RecordFailure: Sendable, Hashable {
    package let revision: Revision.ID
    package let file: String
    package let error: DatabaseError
    /// Where the ledger is.
    package let schema: String
    /// How many statements of the file are committed and stay.
    package let statementsDone: Int
}

extension Failure {
    /// The code a run ends with because of it.
    package var exitCode: ExitCode {
        switch self {
        case .scripts(let error): error.isMissingInput ? .noMigrations : .badMigration
        case .target, .unconfirmed, .nothingToAdopt, .adopted: .usage
        case .offlineDirective: .badMigration
        case .unavailable(let failure): Self.exitCode(of: failure)
        case .pooled, .foreignHistory: .configuration
        case .lockHeld, .orphans, .lockLost, .ledgerChanged, .locksExhausted, .deadlinePassed, .notThereYet:
            .temporary
        case .integrity(let findings): findings.contains { !$0.isAhead } ? .integrity : .ahead
        case .dirty: .dirty
        case .backup(let failure, _): Self.exitCode(of: failure)
        case .statement(let failure): failure.statementsDone > 0 ? .dirty : .migrationFailed
        case .record(let failure): failure.statementsDone > 0 ? .dirty : .migrationFailed
        case .connectionLost: .connectionLost
        case .interrupted(let signal, _): signal == 2 ? .interrupted : .terminated
        case .verification: .postCheckFailed
        case .database(let error, _): Self.exitCode(of: error)
        }
    }

    /// What a person does next, where it is not what the table says of the code.
    package var next: String? {
        switch self {
        case .record:
            return "Keep the ledger out of the migration's way, or the migration out of the ledger's."
        case .statement(let failure) where failure.error.sqlState?.family == "53":
            let again = failure.statementsDone > 0 ? "run with --resume" : "run again"
            return
                "The database has no room, memory or connections left, whatever the file says. Make some, and \(again)."
        default: return nil
        }
    }

    private static func exitCode(of failure: Unavailability) -> ExitCode {
        switch failure.failureClass {
        case .transient: .unavailable
        case .graced(.denied), .permanent(.denied): .denied
        case .graced(.configuration), .permanent(.configuration): .configuration
        }
    }

    private static func exitCode(of failure: BackupFailure) -> ExitCode {
        switch failure.kind {
        case .refused, .interrupted: .backupRefused
        case .temporary: .temporary
        case .misconfigured: .configuration
        }
    }

    private static func exitCode(of error: DatabaseError) -> ExitCode {
        if error.endsSession { return .connectionLost }
        return switch error.sqlState {
        case .insufficientPrivilege?: .denied
        case .invalidSchemaName?: .configuration
        case .lockNotAvailable?, .deadlockDetected?, .serializationFailure?: .temporary
        default: error.kind == .configuration ? .configuration : .error
        }
    }
}

extension IntegrityFinding {
    var isUnknownHead: Bool {
        if case .unknownHead = self { true } else { false }
    }

    /// Whether the database has what these files do not have yet.
    package var isAhead: Bool {
        switch self {
        case .ahead, .unknownHead: true
        case .edited, .missing, .renamed, .outOfOrder: false
        }
    }
}
