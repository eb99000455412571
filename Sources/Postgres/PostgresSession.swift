import CLibPQ
package import Database
import Glibc
import Waiting

/// A session with a PostgreSQL server. It belongs to one thread and blocks it.
///
/// libpq's asynchronous calls are used with poll(2), so that an interruption or a deadline reaches a statement that runs
/// for an hour: it is cancelled on the server, and the call throws what became of it.
package final class PostgresSession {
    package private(set) var server: ServerFacts
    /// The process that serves this session, as the server knows it.
    package let backendPID: Int32
    package var isInterruptible = true
    /// Schemas to look names up in; nil leaves what the role and the database say.
    package var searchPath: String?

    private let raw: OpaquePointer
    private let notices: NoticeSink
    private let interruption: Interruption

    init(owning raw: OpaquePointer, name: String, interruption: Interruption, notices: NoticeSink) {
        self.raw = raw
        self.notices = notices
        self.interruption = interruption
        backendPID = PQbackendPID(raw)
        server = ServerFacts(
            product: .postgreSQL,
            versionNumber: Int(PQserverVersion(raw)),
            name: name,
            database: text(PQdb(raw)),
            user: text(PQuser(raw))
        )
        PQsetnonblocking(raw, 1)
        notices.attach(to: raw)
    }

    deinit { PQfinish(raw) }

    /// The host that was in fact connected to, and its port; of several, the one that answered.
    package var place: (host: String, port: String) { (text(PQhost(raw)), text(PQport(raw))) }
}

extension PostgresSession: Session {
    package func query(_ sql: String, _ parameters: [String?]) throws(DatabaseError) -> [Row] {
        try query(sql, parameters, until: .never)
    }

    /// Runs one statement, and cancels it when the deadline passes.
    func query(_ sql: String, _ parameters: [String?], until deadline: Deadline) throws(DatabaseError)
        -> [Row]
    {
        let sent = withCStrings(parameters) { values in
            PQsendQueryParams(raw, sql, Int32(parameters.count), nil, values, nil, nil, 0)
        }
        return try collect(sent: sent, Patience(until: deadline, or: heeded))
    }

    /// Several statements in one message, and the rows of the last.
    func query(all statements: String, until deadline: Deadline) throws(DatabaseError) -> [Row] {
        try collect(sent: PQsendQuery(raw, statements), Patience(until: deadline, or: heeded))
    }

    package func execute(_ message: Message, watch: Watch?) throws(DatabaseError) {
        let sent = (message.text + [0]).withUnsafeBufferPointer { bytes in
            bytes.withMemoryRebound(to: CChar.self) { PQsendQuery(raw, $0.baseAddress) }
        }
        _ = try collect(
            sent: sent,
            copyData: message.copyData,
            Patience(until: .never, or: heeded, watch: watch)
        )
    }

    package func identifier(_ name: String) -> String {
        guard let quoted = PQescapeIdentifier(raw, name, name.utf8.count) else { return "\"\"" }
        defer { PQfreemem(quoted) }
        return String(cString: quoted)
    }

    package var isInTransaction: Bool {
        [PQTRANS_INTRANS, PQTRANS_INERROR, PQTRANS_ACTIVE].contains(PQtransactionStatus(raw))
    }

    package func rollBack() {
        guard PQstatus(raw) == CONNECTION_OK, isInTransaction else { return }
        let sent = PQsendQuery(raw, "ROLLBACK")
        _ = try? collect(sent: sent, Patience(until: .after(.seconds(10)), or: .none))
    }
}

// MARK: - Waiting for the server

extension PostgresSession {
    /// Sends what is queued and takes every result of it. The first error wins.
    private func collect(
        sent: Int32,
        copyData: [ArraySlice<UInt8>] = [],
        _ patience: Patience
    ) throws(DatabaseError) -> [Row] {
        guard sent == 1 else { throw lost() }
        var patience = patience
        var copyData = copyData[...]
        var failure: DatabaseError?
        var completed = 0
        var rows: [Row] = []
        while let result = try nextResult(&patience) {
            switch result.status {
            case PGRES_COMMAND_OK: completed += 1
            case PGRES_TUPLES_OK:
                completed += 1
                rows = result.rows
            case PGRES_COPY_IN: try copyIn(copyData.popFirst(), &patience)
            case PGRES_COPY_OUT, PGRES_COPY_BOTH: try discardCopy(&patience)
            default: failure = failure ?? result.error
            }
        }
        guard var failure = failure.map(patience.explain) else { return rows }
        failure.statementsCompleted = completed
        throw failure
    }

    private func nextResult(_ patience: inout Patience) throws(DatabaseError) -> ResultHandle? {
        try flush(&patience)
        while PQisBusy(raw) == 1 { try wait(for: POLLIN, &patience) }
        return PQgetResult(raw).map { ResultHandle($0) }
    }

    private func flush(_ patience: inout Patience) throws(DatabaseError) {
        while true {
            switch PQflush(raw) {
            case 0: return
            case 1: try wait(for: POLLIN | POLLOUT, &patience)
            default: throw lost()
            }
        }
    }

    /// Waits for the socket. The first interruption or passed deadline sends a cancel request, which is repeated, and goes on
    /// waiting for what the server makes of it, for a few seconds more.
    private func wait(for events: Int32, _ patience: inout Patience) throws(DatabaseError) {
        let limit = min(patience.deadline, patience.nextLook)
        switch waitFor(PQsocket(raw), events: events, until: limit, or: patience.interruption) {
        case .ready:
            guard PQconsumeInput(raw) == 1 else { throw lost() }
        case .deadlinePassed where !patience.deadline.hasPassed:
            // A request that reaches the server before it has begun the statement is lost.
            if patience.reason != nil { CancelRequest(raw)?.send(within: .seconds(1)) }
            patience.look()
        case .deadlinePassed:
            try giveUp(.timedOut, "the statement did not end in time", &patience)
        case .interrupted:
            try giveUp(.interrupted, "the statement was cancelled", &patience)
        }
    }

    private func giveUp(
        _ kind: DatabaseError.Kind,
        _ message: String,
        _ patience: inout Patience
    ) throws(DatabaseError) {
        guard patience.reason == nil else { throw DatabaseError(.connectionLost, "the server did not react") }
        patience.giveUp(for: DatabaseError(kind, message))
        CancelRequest(raw)?.send(within: .seconds(1))
    }

    private func copyIn(_ rows: ArraySlice<UInt8>?, _ patience: inout Patience) throws(DatabaseError) {
        var rest = rows ?? []
        while !rest.isEmpty {
            let chunk = rest.prefix(64 * 1024)
            try put(&patience) {
                chunk.withUnsafeBytes { bytes in
                    PQputCopyData(raw, bytes.bindMemory(to: CChar.self).baseAddress, Int32(bytes.count))
                }
            }
            rest = rest.dropFirst(chunk.count)
        }
        let complaint = rows == nil ? "the file has no rows after COPY … FROM STDIN" : nil
        try put(&patience) { PQputCopyEnd(raw, complaint) }
    }

    private func put(_ patience: inout Patience, _ send: () -> Int32) throws(DatabaseError) {
        while true {
            switch send() {
            case 1: return try flush(&patience)
            case 0: try wait(for: POLLIN | POLLOUT, &patience)
            default: throw lost()
            }
        }
    }

    private func discardCopy(_ patience: inout Patience) throws(DatabaseError) {
        while true {
            var buffer: UnsafeMutablePointer<CChar>?
            switch PQgetCopyData(raw, &buffer, 1) {
            case 0: try wait(for: POLLIN, &patience)
            case -1: return
            case -2: throw lost()
            default: PQfreemem(buffer)
            }
        }
    }

    private var heeded: Interruption { isInterruptible ? interruption : .none }

    /// The server's last word, when it had one, is libpq's first line; the others quote statements and guess.
    private func lost() -> DatabaseError {
        let message = text(PQerrorMessage(raw)).prefix { !$0.isNewline }
        let words = message.firstRange(of: "FATAL:  ").map { message[$0.upperBound...] } ?? message
        return DatabaseError(.connectionLost, String(words))
    }
}

/// How long a statement is waited for, why no longer, and what is done meanwhile.
private struct Patience {
    private(set) var deadline: Deadline
    private(set) var interruption: Interruption
    private(set) var reason: DatabaseError?
    private(set) var nextLook: Deadline
    private let watch: Watch?

    init(until deadline: Deadline, or interruption: Interruption, watch: Watch? = nil) {
        self.deadline = deadline
        self.interruption = interruption
        self.watch = watch
        nextLook = watch.map { .after($0.interval) } ?? .never
    }

    mutating func look() {
        guard reason == nil, let watch else { return nextLook = .after(.seconds(1)) }
        watch.action()
        nextLook = .after(watch.interval)
    }

    mutating func giveUp(for reason: DatabaseError) {
        self.reason = reason
        deadline = .after(.seconds(10))
        nextLook = .after(.seconds(1))
        interruption = .none
    }

    /// A statement that ended because we cancelled it ended for our reason.
    func explain(_ failure: DatabaseError) -> DatabaseError {
        guard let reason, failure.sqlState == .queryCanceled else { return failure }
        return reason
    }
}
