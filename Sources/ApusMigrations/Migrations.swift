import Database
import Engine
import Ledgers
import Revisions
import Waiting

/// The migrations of an application, and the database that they belong to.
///
/// ```swift
/// let migrations = Migrations(directories: ["migrations"], database: "postgres://app@db/shop")
/// try migrations.upgrade()
/// ```
///
/// What it does, it does on the calling thread, and blocks it. Call it before the server starts, or on a thread of its own; not
/// from a task, whose thread others wait for. It prints nothing, handles no signal and reads no variable of the
/// environment but those that libpq reads for what a PostgreSQL URL leaves open, such as `PGSSLROOTCERT`.
public struct Migrations: Sendable {
    /// The directories with the SQL files.
    public var directories: [String]
    /// Whose table says what is applied.
    public var ledger: Ledger = .apus
    /// The schema of that table; nil finds it, or takes the first one of the search path.
    public var ledgerSchema: String?
    /// The search path of every migration; nil leaves the role's own.
    public var searchPath: String?
    /// Whether a database with revisions that are newer than these files will do: what the old release finds while the new
    /// one is rolled out, or after it was rolled back.
    public var allowsAhead = false
    /// How long the database may take to become ready. Zero makes one attempt.
    public var waitTimeout: Duration = .seconds(60)
    /// How long another process that migrates the same database may take.
    public var lockWaitTimeout: Duration = .seconds(600)

    private let source: DatabaseSource
    private let scrubber = Scrubber()

    /// - Parameters:
    ///   - directories: The directories with the SQL files; a relative path counts from the working directory.
    ///   - url: `postgres://user@host/database`, libpq's `key=value` form, or `sqlite:///relative.db`. What is wrong with it is
    ///     told when it is used.
    ///   - password: Taken instead of the one in the URL, when given.
    public init(directories: [String], database url: String, password: String? = nil) {
        self.directories = directories
        scrubber.register(urlPassword(in: url))
        scrubber.register(password)
        source = { [scrubber] () throws(DatabaseError) in
            let database = try DatabaseURL(url, password: password)
            scrubber.register(database.password)
            return database
        }
    }

    /// Applies what is pending, up to a target.
    ///
    /// Of several processes that begin at once, one applies and the others wait for it. Each migration commits with its
    /// record: whenever the process ends, what is recorded is there, and the next upgrade goes on behind it.
    ///
    /// - Parameters:
    ///   - target: `heads`, a revision or the beginning of one, `label@head`, `+N`, as on the command line.
    ///   - interruption: What ends the upgrade early.
    ///   - observe: Told what happens, as it happens, on the same thread.
    /// - Returns: What was done; nothing, when nothing was pending.
    /// - Throws: `MigrationError`. What was applied before it stays.
    @discardableResult
    public func upgrade(
        to target: String = "heads",
        interruption: Interruption? = nil,
        observe: @escaping (Event) -> Void = { _ in }
    ) throws(MigrationError) -> Outcome {
        var failure: Failure?
        let migrator = Migrator(
            try settings(target, waitTimeout: waitTimeout),
            interruption: interruption?.interruption ?? .none
        ) { [scrubber] event in
            if case .failed(let reason) = event { failure = reason }
            if let event = Event(event, scrubber) { observe(event) }
        }
        let report = migrator.run()
        if let failure { throw MigrationError(failure, scrubber) }
        return Outcome(report)
    }

    /// Compares the files with the database, and changes neither. It makes one attempt to connect, and waits for no lock.
    ///
    /// - Throws: `MigrationError`, when one of the two cannot be read, or another tool has migrated the database.
    public func status() throws(MigrationError) -> Status {
        let migrator = Migrator(try settings("heads", waitTimeout: .zero), interruption: .none) { _ in }
        do throws(Failure) {
            return try Status(try migrator.inspect(), allowsAhead: allowsAhead)
        } catch {
            throw MigrationError(error, scrubber)
        }
    }

    private func settings(_ target: String, waitTimeout: Duration) throws(MigrationError) -> Settings {
        var settings = Settings(database: source, migrations: directories)
        do throws(RevisionError) {
            settings.target = try RevisionTarget(parsing: target)
        } catch {
            throw MigrationError(.target(error), scrubber)
        }
        settings.waitTimeout = waitTimeout
        settings.lockWaitTimeout = lockWaitTimeout
        settings.chosenLedger = ledger.kind
        settings.ledgerSchema = ledgerSchema
        settings.searchPath = searchPath
        settings.onAhead = allowsAhead ? .ok : .fail
        settings.toolVersion = Version.number
        settings.scrub = { [scrubber] in scrubber.scrub($0) }
        return settings
    }
}
