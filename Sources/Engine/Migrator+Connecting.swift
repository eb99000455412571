import Database
import Postgres
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
        let session = try wait(until: deadline, readOnly: readOnly, unless: isPointless)
        guard let searchPath = settings.searchPath else { return session }
        // The ledger is looked for along it, from the first look on.
        session.searchPath = searchPath
        try database("setting the search path") { () throws(DatabaseError) in
            try session.execute("SET search_path = \(searchPath)")
        }
        return session
    }

    private func wait(
        until deadline: Deadline,
        readOnly: Bool,
        unless isPointless: () -> Bool
    ) throws(Failure) -> PostgresSession {
        let began = ContinuousClock.now
        do throws(ServerWait.Failure) {
            let session = try ServerWait(
                connector: connector,
                deadline: deadline,
                grace: min(settings.grace, settings.waitTimeout),
                interruption: interruption,
                readOnly: readOnly
            ).run(unless: isPointless) { [self] in pass(on: $0) }
            tell(.ready(session.server, after: ContinuousClock.now - began))
            return session
        } catch {
            if let signal = interruption.signal { throw .interrupted(signal: signal) }
            throw .unavailable(error)
        }
    }

    /// A second session, to look at what the first one is waiting for.
    func observer() -> (any Session)? {
        try? ServerWait(
            connector: connector,
            deadline: .after(.seconds(2)),
            grace: .zero,
            interruption: interruption,
            readOnly: true
        ).run { _ in }
    }

    /// A session-level lock taken through a pooler may stay behind on a server session that somebody else gets next.
    func refusePooler(_ session: any Session) throws(Failure) {
        guard !settings.allowPooler, let session = session as? PostgresSession else { return }
        guard try database("looking for a pooler", session.isPooled) else { return }
        throw .pooled
    }

    private func connector() throws(DatabaseError) -> Connector {
        Connector(
            to: try settings.connectionString(),
            as: settings.applicationName,
            interruption: interruption
        )
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
