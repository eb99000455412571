import Glibc
package import Revisions
package import SQLText

/// What can be wrong with a directory of migrations, or with a file in it.
package enum ScriptError: Error {
    case missingDirectory(String)
    case noMigrations([String], ignored: [String])
    case unreadable(String, errno: Int32)
    case withoutRevision(file: String)
    case graph(RevisionError)
    case text(SQLTextError, file: String)
    case transactionControl(file: String, line: Int, column: Int, statement: String)
    case flyway(file: String)
    case withoutWayBack(Revision.ID, file: String)

    /// Whether there is nothing to read at all, as opposed to something that cannot be right.
    package var isMissingInput: Bool {
        switch self {
        case .missingDirectory, .noMigrations: true
        default: false
        }
    }
}

extension ScriptError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .missingDirectory(let path):
            "there is no directory \(path). Name the one with the migrations with --migrations or APUS_MIGRATIONS, "
                + "or make it with `apus init`."
        case .noMigrations(let paths, let ignored):
            "no migrations in \(paths.joined(separator: ", ")): "
                + (ignored.isEmpty
                    ? "it has no .sql files." : "not taken for one: \(ignored.joined(separator: ", ")).")
                + " A file is named <revision>_<slug>.sql, such as 0001_init.sql."
        case .unreadable(let path, ReadError.notAFile):
            "\(path) is a pipe, a device or a socket. A migration is a file."
        case .unreadable(let path, ENOENT) where path.contains("\u{FFFD}"):
            "\(path) cannot be read: its name is not UTF-8. Rename the file."
        case .unreadable(let path, let number):
            unsafe "\(path) cannot be read: \(String(cString: strerror(number))). Apus runs as user \(getuid())."
        case .withoutRevision(let file):
            "\(file): neither the name nor a line \"-- Revision ID:\" tells its revision. "
                + "Name the file <revision>_<slug>.sql."
        case .graph(let error):
            error.description
        case .text(let error, let file):
            "\(file):\(error.position.line):\(error.position.column): \(error)"
        case .transactionControl(let file, let line, let column, let statement):
            "\(file):\(line):\(column): \"\(statement)\" stands in a section that runs in a transaction of Apus's own, "
                + "together with its record. Take it out, or write \"transaction:false\" after the section's marker; a file without "
                + "markers begins with \"-- migrate:up transaction:false\" then."
        case .flyway(let file):
            "\(file): Apus knows Flyway's versions (V1__), and none of its repeatable (R__), undo (U1__) and baseline (B1__) files. "
                + "Move it away: a way back is V1__….down.sql, and what was repeated a new version each time."
        case .withoutWayBack(let id, let file) where file.hasSuffix(".up.sql"):
            "\(file.dropLast(".up.sql".count)).down.sql is not there, so revision \(id) cannot be undone. Write that file; an "
                + "empty one says that there is nothing to do."
        case .withoutWayBack(let id, let file):
            "\(file) has no \"-- migrate:down\", so revision \(id) cannot be undone. Write \(file.dropLast(".sql".count)).down.sql "
                + "beside it, empty where there is nothing to do; a section in the file itself would change what was applied."
        }
    }
}
