import Engine
import SQLText
import Scripts

/// Why an upgrade did not reach its target, or a status could not be read.
public struct MigrationError: Error, Sendable, Hashable {
    /// What `apus` would end with, and a server may end with too: the table in the README says what each one means.
    public let exitCode: Int32
    /// The code's name in that table, such as `MigrationFailed`.
    public let name: String
    /// What happened and what to do next, without a password. Flags that it names are those of `apus`.
    public let message: String
    /// The revision that was being applied.
    public let revision: String?
    /// The file that is wrong, or was being applied.
    public let file: String?
    /// The line in the file, from 1.
    public let line: Int?
    /// The column in the line, in characters from 1.
    public let column: Int?
    /// The statement's number in the file.
    public let statement: Int?
    /// The code of the database's refusal.
    public let sqlState: String?
    /// Whether the same may succeed later, with nothing changed.
    public let isRetryable: Bool
}

extension MigrationError: CustomStringConvertible {
    /// The message.
    public var description: String { message }
}

extension MigrationError {
    init(_ failure: Failure, _ scrubber: Scrubber) {
        let facts = Report.Failed(failure)
        let place = failure.place
        exitCode = failure.exitCode.rawValue
        name = failure.exitCode.facts.reason
        message = scrubber.scrub(failure.words)
        revision = facts.revision
        file = facts.file ?? place?.file
        line = facts.line ?? place?.position?.line
        column = facts.column ?? place?.position?.column
        statement = facts.statement
        sqlState = facts.sqlstate
        isRetryable = failure.exitCode.isRetryable
    }
}

extension Failure {
    /// The command's words, but that it was no signal that asked for the end.
    fileprivate var words: String {
        guard case .interrupted = self else { return description }
        return "interrupted: what was running is cancelled and rolled back."
    }

    /// Where a file cannot be right.
    fileprivate var place: (file: String, position: (line: Int, column: Int)?)? {
        guard case .scripts(let error) = self else { return nil }
        return switch error {
        case .text(let error, let file): (file, (error.position.line, error.position.column))
        case .transactionControl(let file, let line, let column, _): (file, (line, column))
        case .withoutRevision(let file), .unreadable(let file, _), .flyway(let file),
            .withoutWayBack(_, let file):
            (file, nil)
        case .missingDirectory, .noMigrations, .graph: nil
        }
    }
}
