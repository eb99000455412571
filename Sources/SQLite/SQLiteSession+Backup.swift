import CSQLite
package import Database
import Glibc
package import Waiting

/// How a copy of a SQLite file is made while others use it. The file alone is never copied: a part of it may stand in its
/// journal.
package enum FileBackup: String, CaseIterable, Sendable {
    /// Page by page ("SQLite Backup API"): the copy is the same file, in WAL mode too if the database is.
    case onlineBackup = "online-backup"
    /// `VACUUM INTO`: smaller, without free pages, in rollback mode.
    case vacuumInto = "vacuum-into"
}

extension SQLiteSession {
    /// Makes a copy, proves that it is whole, and gives it its name only then.
    ///
    /// - Throws: `DatabaseError`.
    package func backUp(_ way: FileBackup, to path: String, or interruption: Interruption)
        throws(DatabaseError)
    {
        let temporary = "\(path).tmp"
        for leftover in [temporary, "\(temporary)-journal", "\(temporary)-wal", "\(temporary)-shm"] {
            unlink(leftover)
        }
        do throws(DatabaseError) {
            try claim(path, temporary)
            switch way {
            case .onlineBackup: try copyPages(to: temporary, or: interruption)
            case .vacuumInto: _ = try query("VACUUM INTO $1", [temporary])
            }
            try verifyCopy(temporary, or: interruption)
            try settle(temporary, at: path)
        } catch {
            unlink(temporary)
            throw error
        }
    }

    /// For the owner alone, as the copy holds all that the database does; and never in the place of another.
    private func claim(_ path: String, _ temporary: String) throws(DatabaseError) {
        guard !FileFacts(path).exists else { throw refused("there is a file \(path) already") }
        let descriptor = Glibc.open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw refused("\(temporary) cannot be made: \(String(cString: strerror(errno)))")
        }
        close(descriptor)
    }

    private func copyPages(to path: String, or interruption: Interruption) throws(DatabaseError) {
        let copy = try Copy(path)
        guard let backup = sqlite3_backup_init(copy.raw, "main", raw, "main") else { throw copy.failure }
        var patience = Deadline.after(.seconds(60))
        var code = SQLITE_OK
        while code != SQLITE_DONE {
            if interruption.isRequested { break }
            code = sqlite3_backup_step(backup, 1024)
            switch code {
            case SQLITE_OK: patience = .after(.seconds(60))
            case SQLITE_BUSY, SQLITE_LOCKED:
                guard !patience.hasPassed else { break }
                pause(for: .milliseconds(20), or: interruption)
                continue
            default: break
            }
            if code != SQLITE_OK { break }
        }
        sqlite3_backup_finish(backup)
        guard code != SQLITE_DONE else { return }
        if interruption.isRequested { throw DatabaseError(.interrupted, "the copy was interrupted") }
        throw copy.failure
    }

    /// `PRAGMA integrity_check` says "ok" in one row, or what is wrong in many.
    private func verifyCopy(_ path: String, or interruption: Interruption) throws(DatabaseError) {
        let copy = try SQLiteSession.open(DatabaseFile(path: path), as: "apus", interruption: interruption)
        let findings = try copy.query("PRAGMA integrity_check").compactMap(\.first).compactMap(\.self)
        guard findings == ["ok"] else {
            throw refused(
                "the copy is damaged, and so may be the database: \(findings.prefix(3).joined(separator: "; "))"
            )
        }
    }

    /// On the disk first, then under its name, then the name on the disk.
    private func settle(_ temporary: String, at path: String) throws(DatabaseError) {
        let folder = DatabaseFile(path: path).directory
        guard sync(temporary), rename(temporary, path) == 0, sync(folder) else {
            throw refused("\(path) cannot be written: \(String(cString: strerror(errno)))")
        }
    }

    private func sync(_ path: String) -> Bool {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return fsync(descriptor) == 0
    }

    private func refused(_ message: String) -> DatabaseError {
        DatabaseError(.server("58030"), message)
    }
}

/// Owns the connection with the copy while it is filled.
private final class Copy {
    let raw: OpaquePointer

    init(_ path: String) throws(DatabaseError) {
        var raw: OpaquePointer?
        let code = sqlite3_open_v2(path, &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nil)
        guard let raw else { throw DatabaseError(.unreachable, "out of memory") }
        self.raw = raw
        guard code == SQLITE_OK else { throw failure }
    }

    deinit { sqlite3_close_v2(raw) }

    var failure: DatabaseError {
        DatabaseError(
            ResultCode(number: sqlite3_extended_errcode(raw)).kind,
            String(cString: sqlite3_errmsg(raw))
        )
    }
}
