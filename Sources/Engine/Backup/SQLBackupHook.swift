import Database
import FoundationEssentials

/// A backup that a PostgreSQL server makes by itself.
package struct SQLBackupHook: BackupHook {
    package enum Kind: String, CaseIterable, Sendable {
        /// A named point in the write-ahead log, to which an archive of it can be replayed
        /// (`pg_create_restore_point`; PostgreSQL manual, 9.27.3). Of use only where the log is archived.
        case restorePoint = "restore-point"
        /// A second database on the same server (`CREATE DATABASE … TEMPLATE`; manual, 23.3). Nobody else may be connected
        /// meanwhile, and it does not help against a lost disk: it is for rehearsals and small systems.
        case templateCopy = "template-copy"
    }

    private let kind: Kind

    package init(_ kind: Kind) { self.kind = kind }

    package var name: String { kind.rawValue }

    package func run(_ request: BackupRequest) throws(BackupFailure) -> BackupArtifact {
        guard request.session.server.product == .postgreSQL else {
            throw BackupFailure(
                .misconfigured,
                "PostgreSQL makes it; for SQLite there are online-backup and vacuum-into"
            )
        }
        do throws(DatabaseError) {
            switch kind {
            case .restorePoint: return try makeRestorePoint(request)
            case .templateCopy: return try makeCopy(request)
            }
        } catch {
            throw BackupFailure(error)
        }
    }

    private func makeRestorePoint(_ request: BackupRequest) throws(DatabaseError) -> BackupArtifact {
        let name = "apus-\(request.runID)"
        let rows = try request.session.query(
            "SELECT pg_catalog.pg_create_restore_point($1), pg_catalog.current_setting('archive_mode')",
            [name]
        )
        if rows.first?[1] == "off" {
            request.observe(
                "archive_mode is off: without an archive of the write-ahead log nothing can be restored to it"
            )
        }
        return artifact(reference: name, ["name": name, "lsn": rows.first?[0] ?? ""])
    }

    private func makeCopy(_ request: BackupRequest) throws(DatabaseError) -> BackupArtifact {
        let source = request.session.server.database
        let copy = "\(source.prefix(40))_before_\(request.runID.lowercased().suffix(10))"
        try request.session.execute(
            "CREATE DATABASE \(request.session.identifier(copy)) TEMPLATE \(request.session.identifier(source))"
        )
        return artifact(reference: copy, ["name": copy])
    }

    private func artifact(reference: String, _ facts: [String: String]) -> BackupArtifact {
        let json = ["artifact": facts.merging(["kind": kind.rawValue]) { $1 }]
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let bytes = (try? encoder.encode(json)) ?? Data()
        return BackupArtifact(reference: reference, json: String(decoding: bytes, as: UTF8.self))
    }
}

extension BackupFailure {
    fileprivate init(_ error: DatabaseError) {
        switch error.sqlState {
        case .objectInUse?:
            self.init(.temporary, "\(error). A template copy needs a moment with nobody else connected")
        case .insufficientPrivilege?: self.init(.refused, "\(error). Grant the role the right to it")
        default: self.init(error.kind == .interrupted ? .interrupted : .refused, error.description)
        }
    }
}
