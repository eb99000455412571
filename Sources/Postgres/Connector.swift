import CLibPQ
import Database
import Glibc
package import Waiting

/// Makes sessions with one database.
package struct Connector: Sendable {
    package let target: ConnectionString
    /// What the session is called in `pg_stat_activity`; 63 bytes at most arrive there.
    package let applicationName: String
    package let interruption: Interruption

    package init(to target: ConnectionString, as applicationName: String, interruption: Interruption) {
        self.target = target
        self.applicationName = applicationName
        self.interruption = interruption
    }

    /// One attempt to connect: looks the hosts up, connects and authenticates.
    ///
    /// - Throws: `DatabaseError`, with the server's SQLSTATE when it gave one.
    func connect(
        until deadline: Deadline,
        notices: @escaping (Notice) -> Void
    ) throws(DatabaseError) -> PostgresSession {
        let parameters = try parameters(until: deadline)
        guard let raw = start(parameters) else { throw DatabaseError(.unreachable, "out of memory") }
        do throws(DatabaseError) {
            // Makes the SQLSTATE part of the message: libpq has no other way to tell it for a failed connection.
            PQsetErrorVerbosity(raw, PQERRORS_VERBOSE)
            try finish(raw, until: deadline)
            PQsetErrorVerbosity(raw, PQERRORS_DEFAULT)
        } catch {
            PQfinish(raw)
            throw error
        }
        return PostgresSession(
            owning: raw,
            name: target.description,
            interruption: interruption,
            notices: NoticeSink(notices)
        )
    }

    private func parameters(until deadline: Deadline) throws(DatabaseError) -> [String: String] {
        var parameters = target.keywords
        let ours = [
            "client_encoding": "UTF8", "application_name": applicationName,
            "fallback_application_name": "apus",
            "keepalives": "1", "keepalives_idle": "30", "keepalives_interval": "10", "keepalives_count": "3",
            "tcp_user_timeout": "30000",
        ]
        parameters.merge(ours) { _, ours in ours }
        parameters.merge(try places(until: deadline)) { _, resolved in resolved }
        return parameters
    }

    /// Every address of every host, so that libpq has nothing left to look up.
    private func places(until deadline: Deadline) throws(DatabaseError) -> [String: String] {
        var places: [(host: String, address: String, port: String)] = []
        var failure: DatabaseError?
        for host in target.hosts {
            if host.address != nil || host.name.isEmpty || host.name.hasPrefix("/") {
                places.append((host.name, host.address ?? "", host.port))
                continue
            }
            do throws(DatabaseError) {
                let addresses = try Resolver.addresses(of: host.name, until: deadline, or: interruption)
                places += addresses.map { (host.name, $0, host.port) }
            } catch {
                failure = error
            }
        }
        if places.isEmpty, let failure { throw failure }
        return [
            "host": places.map(\.host).joined(separator: ","),
            "hostaddr": places.map(\.address).joined(separator: ","),
            "port": places.map(\.port).joined(separator: ","),
        ]
    }

    private func start(_ parameters: [String: String]) -> OpaquePointer? {
        let entries = parameters.sorted { $0.key < $1.key }
        return withCStrings(entries.map(\.key)) { keywords in
            withCStrings(entries.map(\.value)) { values in PQconnectStartParams(keywords, values, 0) }
        }
    }

    private func finish(_ raw: OpaquePointer, until deadline: Deadline) throws(DatabaseError) {
        var status = PGRES_POLLING_WRITING
        while PQstatus(raw) != CONNECTION_BAD, status != PGRES_POLLING_OK, status != PGRES_POLLING_FAILED {
            let events = Int32(status == PGRES_POLLING_READING ? POLLIN : POLLOUT)
            switch waitFor(PQsocket(raw), events: events, until: deadline, or: interruption) {
            case .ready: status = PQconnectPoll(raw)
            case .deadlinePassed: throw DatabaseError(.timedOut, "\(target) accepted no session in time")
            case .interrupted: throw DatabaseError(.interrupted, "interrupted while connecting")
            }
        }
        guard PQstatus(raw) == CONNECTION_OK else { throw connectFailure(text(PQerrorMessage(raw))) }
    }
}

/// Calls `body` with the strings as a NULL-terminated array of C strings, which lives only for the call.
func withCStrings<R>(_ strings: [String?], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> R) -> R {
    var bytes: [CChar] = []
    var starts: [Int?] = []
    for string in strings {
        starts.append(string.map { _ in bytes.count })
        bytes += string?.utf8CString ?? []
    }
    return bytes.withUnsafeBufferPointer { buffer in
        let pointers =
            starts.map { start in start.flatMap { start in buffer.baseAddress.map { $0 + start } } } + [nil]
        return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
    }
}
