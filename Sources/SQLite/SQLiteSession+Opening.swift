import CSQLite
package import Database
import Glibc
package import Waiting

extension SQLiteSession {
    /// Opens the file, makes it when it is not there and may be written, and looks whether it is a database.
    ///
    /// - Parameter name: How the lock file calls the holder.
    /// - Throws: `DatabaseError`.
    package static func open(
        _ file: DatabaseFile,
        as name: String,
        interruption: Interruption,
        readOnly: Bool = false
    ) throws(DatabaseError) -> SQLiteSession {
        try file.check(readOnly: readOnly)
        var raw: OpaquePointer?
        // Never SQLITE_OPEN_READONLY: what a killed process has left would keep such a session from reading at all.
        let flags = SQLITE_OPEN_READWRITE | (readOnly ? 0 : SQLITE_OPEN_CREATE)
        let code = sqlite3_open_v2(file.path, &raw, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        guard let raw else { throw DatabaseError(.unreachable, "out of memory") }
        guard code == SQLITE_OK else {
            let message = String(cString: sqlite3_errmsg(raw))
            sqlite3_close_v2(raw)
            throw file.explained(DatabaseError(ResultCode(number: code).kind, message))
        }
        let session = try SQLiteSession(owning: raw, file: file, name: name, patience: Patience(interruption))
        do throws(DatabaseError) {
            _ = try session.query("SELECT count(*) FROM main.sqlite_schema")
            if readOnly { try session.execute("PRAGMA query_only = ON") }
        } catch {
            throw file.explained(error)
        }
        return session
    }
}

extension DatabaseFile {
    /// Finds what SQLite would only call "unable to open database file", or what it would notice at the first write.
    fileprivate func check(readOnly: Bool) throws(DatabaseError) {
        let folder = FileFacts(directory)
        let database = FileFacts(path)
        guard folder.isDirectory else {
            throw DatabaseError(
                .configuration,
                "there is no directory \(directory) for the database file \(path)",
                hint: "Create it, or mount the volume. A relative path counts from the working directory."
            )
        }
        guard !database.isDirectory else {
            throw DatabaseError(.configuration, "\(path) is a directory, not a file")
        }
        if database.exists, !database.isReadable {
            throw denied("\(path) cannot be read \(database.ownership)")
        }
        guard !readOnly else {
            guard database.exists else {
                throw DatabaseError(.unreachable, "there is no database file \(path) yet")
            }
            return
        }
        if database.exists, !database.isWritable {
            throw denied("the database file \(path) cannot be written \(database.obstacle)")
        }
        guard folder.isWritable else {
            throw denied(
                "the directory \(directory) cannot be written \(folder.obstacle), and SQLite keeps its journal there"
            )
        }
    }

    /// The refusal with the file in it, and what to do.
    fileprivate func explained(_ error: DatabaseError) -> DatabaseError {
        switch error.sqlState {
        case "XX001"?:
            DatabaseError(
                .configuration,
                "\(path): \(error.message)",
                hint: "The file is damaged: restore a copy of it."
            )
        case .insufficientPrivilege?: denied("\(path): \(error.message) \(FileFacts(path).ownership)")
        case nil where error.kind == .configuration:
            DatabaseError(
                .configuration,
                "\(path) is not a SQLite database, or it is encrypted (\(error.message))"
            )
        default: error
        }
    }

    private func denied(_ message: String) -> DatabaseError {
        DatabaseError(.server(.insufficientPrivilege), message)
    }
}
