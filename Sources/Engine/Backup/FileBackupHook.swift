import Database
import FoundationEssentials
import SQLite

/// A copy of a SQLite file, made by Apus itself.
package struct FileBackupHook: BackupHook {
    private let kind: FileBackup
    private let directory: String?

    /// - Parameters:
    ///   - name: "online-backup" or "vacuum-into"; nil comes of any other.
    ///   - directory: Where the copy is put; nil puts it beside the database.
    package init?(named name: String, directory: String?) {
        guard let kind = FileBackup(rawValue: name) else { return nil }
        self.kind = kind
        self.directory = directory
    }

    package var name: String { kind.rawValue }

    package func run(_ request: BackupRequest) throws(BackupFailure) -> BackupArtifact {
        guard let session = request.session as? SQLiteSession else {
            throw BackupFailure(
                .misconfigured,
                "it is for SQLite; for PostgreSQL there are restore-point and template-copy"
            )
        }
        let folder = directory ?? session.file.directory
        let path = "\(folder)/\(session.file.name)-before-\(request.runID.lowercased())"
        do throws(DatabaseError) {
            try session.backUp(kind, to: path, or: request.interruption)
        } catch {
            throw BackupFailure(error.kind == .interrupted ? .interrupted : .refused, error.message)
        }
        return BackupArtifact(reference: path, json: json(path))
    }

    private func json(_ path: String) -> String {
        let document = Document(artifact: .init(kind: kind.rawValue, uri: path))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: (try? encoder.encode(document)) ?? Data(), as: UTF8.self)
    }

    private struct Document: Encodable {
        struct Artifact: Encodable {
            var kind: String
            var uri: String
        }
        struct Verified: Encodable {
            var method = "PRAGMA integrity_check"
            var ok = true
        }
        var artifact: Artifact
        var verified = Verified()
    }
}
