import Database
import Ledgers
import Revisions
import Scripts

extension Failure: CustomStringConvertible {
    /// What happened, in which file or to which revision, and what to do next.
    package var description: String {
        switch self {
        case .scripts(let error): error.description
        case .target(let error): error.description
        case .unavailable(let failure): Self.words(for: failure)
        case .pooled:
            "a connection pooler stands between Apus and the server, where a session lock would be left behind. "
                + "Give the server's own address, or, when the pooler works in session mode, --allow-pooler."
        case .lockHeld(let holder, let waited):
            "another runner holds the lock\(holder.map { ": \($0)" } ?? ""); waited \(seconds(waited))."
        case .orphans(let sessions):
            "an earlier runner is gone, but its work goes on: \(list(sessions)). "
                + "Wait for it, or end it with --terminate-orphans."
        case .lockLost(let revision):
            "the lock was no longer held\(revision.map { " while \($0) was under way" } ?? ""), so nothing more was committed. "
                + "Does a migration run DISCARD ALL or pg_advisory_unlock_all(), or has somebody removed SQLite's lock file?"
        case .ledgerChanged(let revision):
            "somebody else, Alembic perhaps, changed the version table\(revision.map { " while \($0) was under way" } ?? ""), so nothing "
                + "was committed. Run again when the other one is done."
        case .foreignHistory(let history):
            "the table \(history.table) has rows: \(history.tool) has migrated this database, of which Apus's own table knows "
                + "nothing, so everything would run once more. "
                + (history.table == "alembic_version"
                    ? "Keep that table with --ledger alembic, or move over with apus adopt --from alembic. "
                    : "Say what is there with apus stamp. ")
                + "When the table is of no concern: --ledger apus."
        case .nothingToAdopt(let table):
            "there is no table \(table) to take over along the search path. "
                + "Name another one with --from alembic:TABLE or alembic:SCHEMA.TABLE."
        case .adopted(let heads, let other):
            "apus_revision is at \(heads.isEmpty ? "base" : list(heads)) already, and the other table at "
                + "\(other.isEmpty ? "base" : list(other)). When the other one is right: apus stamp --purge "
                + "\(other.isEmpty ? "base" : other.map(\.rawValue).joined(separator: " "))."
        case .offlineDirective(let file, let line):
            "\(file):\(line): the rebuild looks at the table as it is, so it cannot stand in a script. "
                + "Run apus upgrade on the database."
        case .unconfirmed(let steps, let reachesBase):
            "this would undo \(steps.count) revision\(steps.count == 1 ? "" : "s")"
                + "\(reachesBase ? ", down to base" : ""): \(list(steps)). Nothing was done. Say --yes to do it."
        case .integrity(let findings): findings.map(\.description).joined(separator: "\n")
        case .dirty(let dirt):
            "\(dirt.file): revision \(dirt.revision) is half \(dirt.direction == .up ? "applied" : "reverted"): "
                + "\(Self.words(for: dirt)) committed. \(dirt.reason)"
        case .backup(let failure, let hook):
            "the backup hook \(hook) failed: \(sentence(failure.message)) Nothing was applied."
        case .statement(let failure): Self.words(for: failure)
        case .record(let failure):
            "\(failure.file): Apus's own record of revision \(failure.revision) was refused, so what it records was rolled back: "
                + "\(failure.error). Does the file rename or drop the schema \(failure.schema), or what is in it? "
                + "The record is kept there; --ledger-schema names another place."
        case .locksExhausted(let failure, let attempts, let blockers):
            "revision \(failure.revision) found no moment without locks in \(attempts) attempts: "
                + (blockers.isEmpty ? failure.error.message : list(blockers))
        case .connectionLost(let revision, let error, let outcome):
            "the connection was lost\(revision.map { " while \($0) was under way" } ?? ""): \(error.message). "
                + Self.words(for: outcome)
        case .deadlinePassed(let next): "the deadline came before \(next) was begun. What is done stays."
        case .notThereYet(let pending):
            "the database does not have \(list(pending)) yet. Is the migration job running?"
        case .interrupted(let signal, let revision?):
            "ended by \(signal == 2 ? "SIGINT" : "SIGTERM"), and the server does not answer. Whether \(revision) was committed is not "
                + "known yet; the next run looks it up."
        case .interrupted(let signal, nil):
            "ended by \(signal == 2 ? "SIGINT" : "SIGTERM"): what was running is cancelled and rolled back."
        case .verification(let finding): "everything was done, but \(finding)"
        case .database(let error, let doing): Self.words(for: error, doing: doing)
        }
    }

    private static func words(for failure: Unavailability) -> String {
        let hint = failure.error.hint.map { " \($0)" } ?? ""
        let detail = failure.error.detail.map { " (\($0))" } ?? ""
        return switch failure.failureClass {
        case .transient:
            "the database did not become ready (\(failure.attempts) attempts): \(failure.error)\(detail)\(hint)"
        case .graced(.denied), .permanent(.denied):
            "the database refused the session: \(failure.error)\(detail)\(hint)"
        case .graced(.configuration), .permanent(.configuration):
            "\(failure.error)\(detail)\(hint.isEmpty ? "" : ".\(hint)")"
        }
    }

    private static func words(for failure: StatementFailure) -> String {
        let code = failure.error.sqlState.map { " \($0.rawValue)" } ?? ""
        var words =
            "\(failure.file):\(failure.line):\(failure.column): error\(code): \(failure.error.message)"
        if [.activeTransaction, .invalidTransactionTermination].contains(failure.error.sqlState) {
            words +=
                ". Write \"transaction:false\" after the section's marker; a file without markers begins with "
                + "\"-- migrate:up transaction:false\" then"
        }
        return words
    }

    private static func words(for dirt: Dirt) -> String {
        let noun = (dirt.total ?? dirt.done) == 1 ? "statement" : "statements"
        return "\(dirt.done)\(dirt.total.map { " of \($0)" } ?? "") \(noun) \(dirt.done == 1 ? "is" : "are")"
    }

    private static func words(for outcome: Outcome) -> String {
        switch outcome {
        case .none: "Nothing was under way."
        case .rolledBack: "It was rolled back: nothing of it has stayed."
        case .unknown: "Whether it was committed is not known yet; the next run looks it up."
        }
    }

    private static func words(for error: DatabaseError, doing: String) -> String {
        "\(doing): \(error)\(error.detail.map { " (\($0))" } ?? "")\(error.hint.map { ". \($0)" } ?? "")"
    }

    private func sentence(_ words: String) -> String { words.hasSuffix(".") ? words : "\(words)." }

    private func list(_ items: [some CustomStringConvertible]) -> String {
        items.map(\.description).joined(separator: "; ")
    }

    private func seconds(_ duration: Duration) -> String {
        "\(duration.components.seconds) s"
    }
}
