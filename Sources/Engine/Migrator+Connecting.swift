import Database
import Postgres
import SQLite
import Waiting

// The only place of the engine that knows a driver.
extension Migrator {
    /// Waits for a database that can be written, and keeps the session that found it so.
    func connect() throws(Failure) -> any Session {
        try connect(until: min(.after(settings.waitTimeout), deadline))
    }

    /// The same while the migrations are read. What is wrong with them ends the waiting.
    func connect(during reading: Reading) throws(Failure) -> any Session {
        do throws(Failure) {
            return try connect(
                until: min(.after(settings.waitTimeout), deadline),
                unless: { reading.hasFailed }
            )
        } catch {
            if case .interrupted = error { throw error }
            _ = try migrations(from: reading)
            throw error
        }
    }

    func connect(
        until deadline: Deadline,
        readOnly: Bool = false,
        unless isPointless: () -> Bool = { false }
    ) throws(Failure) -> any Session {
        let opened = try wait(until: deadline, readOnly: readOnly, unless: isPointless)
        guard let searchPath = settings.searchPath, let session = opened as? PostgresSession else {
            return opened
        }
        // The ledger is looked for along it, from the first look on.
        session.searchPath = searchPath
        do throws(DatabaseError) {
            try session.execute("SET search_path = \(searchPath)")
        } catch {
            var error = error
            if ["22", "42"].contains(error.sqlState?.family) { error.kind = .configuration }
            throw failure(error, doing: "setting the search path to \(searchPath)")
        }
        return session
    }

    private func wait(
        until deadline: Deadline,
        readOnly: Bool,
        unless isPointless: () -> Bool
    ) throws(Failure) -> any Session {
        let began = ContinuousClock.now
        do throws(Unavailability) {
            let session = try open(until: deadline, grace: grace, readOnly: readOnly, unless: isPointless) {
                [self] in
                pass(on: $0)
            }
            tell(.ready(session.server, after: ContinuousClock.now - began))
            return session
        } catch {
            if let signal = interruption.signal { throw .interrupted(signal: signal) }
            throw .unavailable(error)
        }
    }

    /// A second session, to look at what the first one is waiting for.
    func observer() -> (any Session)? {
        try? open(until: .after(.seconds(2)), grace: .zero, readOnly: true) { _ in }
    }

    /// The one place where the URL chooses the driver.
    private func open(
        until deadline: Deadline,
        grace: Duration,
        readOnly: Bool,
        unless isPointless: () -> Bool = { false },
        observe: @escaping (ServerWait.Progress) -> Void
    ) throws(Unavailability) -> any Session {
        var first = try? settings.database()
        // What chose the driver is good for the first attempt as well.
        func target() throws(DatabaseError) -> DatabaseURL {
            defer { first = nil }
            if let first { return first }
            return try settings.database()
        }
        guard case .sqlite? = first else {
            return try ServerWait(
                connector: { [self] () throws(DatabaseError) in try connector(to: target()) },
                deadline: deadline,
                grace: grace,
                interruption: interruption,
                readOnly: readOnly
            ).run(unless: isPointless, observe: observe)
        }
        return try FileWait(
            file: { [self] () throws(DatabaseError) in try file(at: target()) },
            name: settings.applicationName,
            deadline: deadline,
            grace: grace,
            interruption: interruption,
            readOnly: readOnly
        ).run(unless: isPointless) { observe(.waiting(attempt: $0, reason: $1, elapsed: $2)) }
    }

    /// A session-level lock taken through a pooler may stay behind on a server session that somebody else gets next.
    func refusePooler(_ session: any Session) throws(Failure) {
        guard !settings.allowPooler, let session = session as? PostgresSession else { return }
        guard try database("looking for a pooler", session.isPooled) else { return }
        throw .pooled
    }

    private var grace: Duration { min(settings.grace, settings.waitTimeout) }

    private func connector(to url: DatabaseURL) throws(DatabaseError) -> Connector {
        guard case .postgres(let target) = url else { throw changed }
        return Connector(to: target, as: settings.applicationName, interruption: interruption)
    }

    private func file(at url: DatabaseURL) throws(DatabaseError) -> DatabaseFile {
        guard case .sqlite(let file) = url else { throw changed }
        return file
    }

    private var changed: DatabaseError {
        DatabaseError(.configuration, "the database URL changed to another kind of database meanwhile")
    }

    private func pass(on progress: ServerWait.Progress) {
        switch progress {
        case .waiting(let attempt, let reason, let elapsed):
            tell(.waiting(attempt: attempt, reason: reason, elapsed: elapsed))
        case .notice(let notice):
            tell(.notice(severity: notice.severity, message: notice.message))
        }
    }
}
