import Database
import FoundationEssentials
import Glibc
import Postgres
import Processes
import Revisions
import Waiting

/// A backup made by a program: its contract stands in `docs/hooks.md`.
///
/// The program gets no shell, an environment of its own and a password file; it answers with one JSON document on
/// standard output. Nothing it prints is executed.
package struct CommandBackupHook: BackupHook {
    private let arguments: [String]
    private let environment: [String: String]
    private let timeout: Duration
    private let artifactDirectory: String?
    private let database: DatabaseSource

    /// - Parameter environment: What the program gets besides the variables of the contract.
    package init(
        arguments: [String],
        environment: [String: String],
        timeout: Duration,
        artifactDirectory: String?,
        database: @escaping DatabaseSource
    ) {
        self.arguments = arguments
        self.environment = environment
        self.timeout = timeout
        self.artifactDirectory = artifactDirectory
        self.database = database
    }

    package var name: String {
        let program = arguments.first ?? ""
        return String(program.split(separator: "/").last ?? program[...])
    }

    package func run(_ request: BackupRequest) throws(BackupFailure) -> BackupArtifact {
        let passwordFile = try PasswordFile(for: database, in: environment["TMPDIR"] ?? "/tmp")
        defer { passwordFile.remove() }
        let command = Command(
            arguments,
            environment: environment.merging(contract(request, passwordFile)) { $1 },
            timeout: timeout
        )
        let completion: Completion
        do throws(CommandError) {
            completion = try command.run(or: request.interruption, observe: request.observe)
        } catch {
            throw BackupFailure(.misconfigured, error.description)
        }
        try check(completion)
        return try artifact(in: completion)
    }

    /// The variables of the contract.
    private func contract(_ request: BackupRequest, _ passwordFile: PasswordFile) -> [String: String] {
        var variables: [String: String] = [:]
        switch passwordFile.target {
        case .postgres(let target): variables = target.environment
        case .sqlite: variables["APUS_DATABASE_FILE"] = request.session.server.name
        }
        if let session = request.session as? PostgresSession {
            (variables["PGHOST"], variables["PGPORT"]) = (session.place.host, session.place.port)
        }
        variables["PGPASSFILE"] = passwordFile.path
        variables["APUS_HOOK"] = "backup"
        variables["APUS_HOOK_API"] = "1"
        variables["APUS_RUN_ID"] = request.runID
        variables["APUS_DATABASE"] = request.session.server.database
        variables["APUS_SERVER_VERSION_NUM"] = String(request.session.server.versionNumber)
        variables["APUS_PENDING_COUNT"] = String(request.pending.count)
        variables["APUS_FROM"] = request.from.map(\.rawValue).joined(separator: ",")
        variables["APUS_TO"] = request.to.map(\.rawValue).joined(separator: ",")
        variables["APUS_DIRECTION"] = request.direction == .up ? "upgrade" : "downgrade"
        variables["APUS_TAG"] = request.tag
        variables["APUS_HOOK_DEADLINE"] = Date(timeIntervalSinceNow: Double(timeout.milliseconds) / 1000)
            .formatted(.iso8601)
        variables["APUS_ARTIFACT_DIR"] = artifactDirectory
        return variables
    }

    private func check(_ completion: Completion) throws(BackupFailure) {
        let last = completion.errorTail.split(whereSeparator: \.isNewline).last.map { ": \($0)" } ?? ""
        switch completion.ending {
        case .exited(0): return
        case .exited(75): throw BackupFailure(.temporary, "it asks to be tried again later (exit 75)\(last)")
        case .exited(let code): throw BackupFailure(.refused, "exit code \(code)\(last)")
        case .signaled(let number): throw BackupFailure(.refused, "ended by signal \(number)\(last)")
        case .timedOut:
            throw BackupFailure(
                .refused,
                "not done after \(timeout.components.seconds) s (--backup-timeout), and ended"
            )
        case .interrupted: throw BackupFailure(.interrupted, "interrupted")
        }
    }

    /// The whole output, or its last line, is a JSON object with the key `artifact`.
    private func artifact(in completion: Completion) throws(BackupFailure) -> BackupArtifact {
        let lines = completion.standardOutput.split(separator: UInt8(ascii: "\n"))
        for candidate in [completion.standardOutput, lines.last.map(Array.init) ?? []] {
            guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(candidate)) else { continue }
            let reference = answer.artifact.uri ?? answer.artifact.id
            guard let reference, !reference.isEmpty else { continue }
            guard answer.verified?.ok != false else {
                throw BackupFailure(
                    .refused,
                    "it says itself that \(reference) did not pass its verification"
                )
            }
            return BackupArtifact(reference: reference, json: String(decoding: candidate, as: UTF8.self))
        }
        throw BackupFailure(
            .refused,
            "it ended well, but told of no artefact: expected {\"artifact\":{\"uri\":…}} on standard output"
        )
    }

    private struct Answer: Decodable {
        struct Artifact: Decodable {
            var uri: String?
            var id: String?
        }
        struct Verification: Decodable {
            var ok: Bool?
        }
        var artifact: Artifact
        var verified: Verification?
    }
}

/// A password file of our own, which only we and the program can read, and which is gone afterwards.
private struct PasswordFile {
    let target: DatabaseURL
    /// nil when there is no password.
    let path: String?

    init(for source: DatabaseSource, in folder: String) throws(BackupFailure) {
        do throws(DatabaseError) {
            target = try source()
        } catch {
            throw BackupFailure(.misconfigured, error.description)
        }
        guard case .postgres(let server) = target, let line = server.passwordFileLine else {
            path = nil
            return
        }
        let path = "\(folder)/apus-\(getpid())-\(UInt32.random(in: 0...UInt32.max)).pgpass"
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw unsafe BackupFailure(
                .misconfigured,
                "no password file can be written in \(folder) (\(String(cString: strerror(errno)))). "
                    + "Mount a writable /tmp, or set TMPDIR"
            )
        }
        let bytes = Array(line.utf8)
        let written = unsafe write(descriptor, bytes, bytes.count)
        close(descriptor)
        self.path = path
        guard written == bytes.count else {
            remove()
            throw BackupFailure(
                .misconfigured,
                "the password file could not be written in \(folder): is it full?"
            )
        }
    }

    func remove() {
        if let path { unsafe _ = unlink(path) }
    }
}
