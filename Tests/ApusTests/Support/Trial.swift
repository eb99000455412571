import Database
import Engine
import Foundation
import Postgres
import Synchronization
import TestSupport
import Testing
import Waiting

/// One test's own database, folder and runs of the built program.
final class Trial {
    let database: TestDatabase
    let folder = Folder()
    let session: PostgresSession
    private var runs = 0

    fileprivate init(_ database: TestDatabase) throws {
        self.database = database
        session = try database.connect()
        _ = folder.makeFolder("migrations")
        _ = folder.makeFolder("tmp")
    }

    /// The program under test: `APUS_BIN`, or the one beside the tests.
    static let program: String = {
        if let path = environment("APUS_BIN") { return path }
        let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return URL(fileURLWithPath: tests).deletingLastPathComponent().appendingPathComponent("apus").path
    }()

    var migrations: String { "\(folder.path)/migrations" }

    /// The port of the test server.
    static var serverPort: UInt16 {
        URL(string: TestServer.administratorURL ?? "")?.port.map { UInt16($0) } ?? 5432
    }

    /// The URL of this database through another port.
    func url(port: UInt16) -> String {
        database.url.replacingOccurrences(of: ":\(Trial.serverPort)/", with: ":\(port)/")
    }

    func write(_ files: [String: String]) throws {
        for (name, text) in files { try folder.write(text, to: "migrations/\(name)") }
    }

    /// The variables that a run gets; nil takes one away.
    private func variables(_ changes: [String: String?]) -> [String: String] {
        var variables: [String: String?] = [
            "PATH": environment("PATH"), "TMPDIR": "\(folder.path)/tmp", "APUS_DATABASE_URL": database.url,
            "APUS_MIGRATIONS": migrations, "APUS_TERMINATION_LOG": "\(folder.path)/termination",
            "LD_LIBRARY_PATH": environment("LD_LIBRARY_PATH"),
            "APUS_REPORT_FILE": "\(folder.path)/report.json",
        ]
        variables.merge(changes) { _, change in change }
        return variables.compactMapValues { $0 }
    }

    /// Starts the program.
    func start(
        _ arguments: String...,
        environment changes: [String: String?] = [:],
        in directory: String? = nil
    ) throws -> Started {
        try start(arguments, environment: changes, in: directory)
    }

    func start(_ arguments: [String], environment changes: [String: String?], in directory: String?) throws
        -> Started
    {
        runs += 1
        let command =
            (directory.map { ["/usr/bin/env", "--chdir=\($0)"] } ?? []) + [Trial.program] + arguments
        let program = try Program(
            command,
            environment: variables(changes),
            output: "\(folder.path)/run-\(runs)"
        )
        return Started(program: program)
    }

    /// Starts it the way that a line for the shell says.
    func start(shell line: String) throws -> Started {
        runs += 1
        let program = try Program(
            ["/bin/sh", "-c", line],
            environment: variables([:]),
            output: "\(folder.path)/run-\(runs)"
        )
        return Started(program: program)
    }

    /// Runs the job to its end.
    @discardableResult
    func run(
        _ arguments: String...,
        environment changes: [String: String?] = [:],
        endingWith code: Int32? = nil,
        within limit: Duration = .seconds(40),
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Ended {
        let started = try start(["run"] + arguments, environment: changes, in: nil)
        return try await started.end(endingWith: code, within: limit, sourceLocation: sourceLocation)
    }

    /// Runs any command to its end.
    @discardableResult
    func apus(
        _ arguments: String...,
        environment changes: [String: String?] = [:],
        in directory: String? = nil,
        endingWith code: Int32? = nil,
        within limit: Duration = .seconds(40),
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Ended {
        let started = try start(arguments, environment: changes, in: directory)
        return try await started.end(endingWith: code, within: limit, sourceLocation: sourceLocation)
    }

    // MARK: What is in the database

    @discardableResult
    func query(_ sql: String) throws -> [[String?]] { try session.query(sql) }

    func execute(_ sql: String) throws { try session.execute(sql) }

    /// The first cell.
    func value(_ sql: String) throws -> String? { try session.query(sql).first?.first ?? nil }

    /// Revisions with their state, in the order they were applied.
    var ledger: [String] {
        get throws {
            guard try exists("apus_revision") else { return [] }
            return try query(
                "SELECT revision || CASE state WHEN 'applied' THEN '' ELSE ' ' || state END FROM apus_revision ORDER BY sequence"
            ).compactMap { $0[0] }
        }
    }

    /// The outcomes of all runs that changed something, in order.
    var outcomes: [String] {
        get throws { try query("SELECT outcome FROM apus_run ORDER BY started_at, id").compactMap { $0[0] } }
    }

    func exists(_ relation: String) throws -> Bool {
        try session.query("SELECT to_regclass($1) IS NOT NULL", [relation]).first?.first == "t"
    }

    /// Nobody holds an advisory lock, and no runner's session is at work.
    var isQuiet: Bool {
        get throws {
            try value(
                """
                SELECT count(*) FROM pg_stat_activity a WHERE datname = current_database()
                  AND application_name LIKE 'apus/%' AND (state <> 'idle' OR EXISTS
                    (SELECT FROM pg_locks l WHERE l.pid = a.pid AND locktype = 'advisory'))
                """
            ) == "0"
        }
    }

    /// Whether a session of this database waits for a lock.
    var isWaiting: Bool {
        get throws {
            try value(
                """
                SELECT count(*) > 0 FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
                WHERE NOT l.granted AND a.datname = current_database()
                """
            ) == "t"
        }
    }

    /// Waits until a runner's session executes something that contains `text`; gives its process number.
    @discardableResult
    func work(on text: String) async throws -> Int {
        var pid: Int?
        try await eventually("work on \(text)") {
            pid = try session.query(
                """
                SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND state = 'active'
                  AND application_name LIKE 'apus/%' AND position($1 in query) > 0
                """,
                [text]
            ).first?.first.flatMap { $0 }.flatMap { Int($0) }
            return pid != nil
        }
        return try #require(pid)
    }

    /// Makes a gate that holds a migration up until `openGate`.
    func closeGate() throws {
        try execute("CREATE TABLE IF NOT EXISTS gate (); INSERT INTO gate DEFAULT VALUES")
    }
    func openGate() throws { try execute("DELETE FROM gate") }

    /// The statement that stands before the gate. It waits for no lock, so no lock_timeout ends it.
    static let gate =
        "DO $gate$ BEGIN WHILE EXISTS (SELECT FROM public.gate) LOOP PERFORM pg_sleep(0.02); END LOOP; END $gate$;"
}

/// A run that was started.
struct Started {
    let program: Program

    /// Waits until a line of its log tells of this event.
    @discardableResult
    func event(_ name: String, within limit: Duration = .seconds(20)) async throws -> LogLine {
        var line: LogLine?
        try await eventually(within: limit, "the event \(name)") {
            line = lines(of: program.standardOutput).first { $0.event == name }
            if line == nil, !program.isRunning {
                throw Program.TookTooLong(
                    description: "ended without \(name): \(program.standardOutput)\(program.standardError)"
                )
            }
            return line != nil
        }
        return try #require(line)
    }

    /// - Parameter code: The exit code that is expected, if any.
    @discardableResult
    func end(
        endingWith code: Int32? = nil,
        within limit: Duration = .seconds(40),
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Ended {
        let ending = try await program.end(within: limit)
        let ended = Ended(ending: ending, output: program.standardOutput, errors: program.standardError)
        if let code { #expect(ended.code == code, ended.said, sourceLocation: sourceLocation) }
        return ended
    }

    /// Sends a signal, and says how long the program then took to end.
    func end(by signal: Int32, within limit: Duration = .seconds(10)) async throws -> (Ended, Duration) {
        let began = ContinuousClock.now
        program.send(signal)
        let ended = try await end(within: limit)
        return (ended, ContinuousClock.now - began)
    }
}

/// One line of the JSON log.
struct LogLine: Decodable {
    var event: String
    var level: String
    var msg: String
    var run: String
    var revision: String?
    var index: Int?
    var total: Int?
    var attempt: Int?
    var pid: Int?
    var file: String?
    var line: Int?
    var column: Int?
    var sqlstate: String?
    var code: Int32?
}

/// A run that has ended, and what it left.
struct Ended {
    let ending: Program.Ending
    let output: String
    let errors: String

    /// The exit code; -1 when a signal ended it.
    var code: Int32 {
        if case .exited(let code) = ending { code } else { -1 }
    }

    var events: [LogLine] { lines(of: output) }

    func events(_ name: String) -> [LogLine] { events.filter { $0.event == name } }

    /// The last line of the log.
    var report: Report {
        get throws {
            let last = output.split(separator: "\n").last.map(String.init) ?? ""
            return try JSONDecoder().decode(Report.self, from: Data(last.utf8))
        }
    }

    /// Everything it said, for the explanation of a failed expectation.
    var said: Comment { Comment(rawValue: output + errors) }
}

private func lines(of output: String) -> [LogLine] {
    output.split(separator: "\n").compactMap { try? JSONDecoder().decode(LogLine.self, from: Data($0.utf8)) }
}

/// Runs `body` with a database of its own. Not more than a few at a time: the machine may be small, and time matters here.
@discardableResult
func withTrial<R>(_ files: [String: String] = [:], _ body: (Trial) async throws -> R) async throws -> R {
    await Places.shared.take()
    defer { Places.shared.giveBack() }
    let database = try TestDatabase.make()
    defer { database.drop() }
    let trial = try Trial(database)
    try trial.write(files)
    return try await body(trial)
}

/// A counting semaphore for tasks.
private final class Places: Sendable {
    static let shared = Places(environment("APUS_TEST_WIDTH").flatMap { Int($0) } ?? 6)

    private let state: Mutex<(free: Int, waiting: [CheckedContinuation<Void, Never>])>

    init(_ count: Int) { state = Mutex((count, [])) }

    func take() async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                if state.free > 0 {
                    state.free -= 1
                    return true
                }
                state.waiting.append(continuation)
                return false
            }
            if isFree { continuation.resume() }
        }
    }

    func giveBack() {
        let next = state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.free += 1
                return CheckedContinuation<Void, Never>?.none
            }
            return state.waiting.removeFirst()
        }
        next?.resume()
    }
}
