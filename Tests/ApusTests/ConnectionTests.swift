import Database
import Engine
import TestSupport
import Testing

/// Connections that are cut, slow or refused.
@Suite(.enabled(if: TestServer.isPresent, "\(TestServer.hint)"), .timeLimit(.minutes(5)))
struct ConnectionTests {
    @Test func `a working session that is ended is told as lost, and nothing of the migration is there`()
        async throws
    {
        try await withTrial(["1_a.sql": "CREATE TABLE a ();\n\(Trial.gate)"]) { trial in
            try trial.closeGate()
            let run = try trial.start("run")
            let pid = try await trial.work(on: "gate")
            try trial.query("SELECT pg_terminate_backend(\(pid))")
            let ended = try await run.end(endingWith: 74)
            #expect(try ended.report.failed?.message.contains("rolled back") == true, ended.said)
            #expect(try ended.report.retryable)
            #expect(try trial.outcomes == ["failed"])
            #expect(try !trial.exists("a"))
            try trial.openGate()
            try await trial.run(endingWith: 0)
            #expect(try trial.ledger == ["1"])
        }
    }

    @Test func `a session that is ended outside a transaction is taken up by the next run`() async throws {
        let text = "-- migrate:up transaction:false\nCREATE TABLE a ();\n\(Trial.gate)\nCREATE TABLE b ();"
        try await withTrial(["1_a.sql": text]) { trial in
            try trial.closeGate()
            let run = try trial.start("run")
            let pid = try await trial.work(on: "gate")
            try trial.query("SELECT pg_terminate_backend(\(pid))")
            try await run.end(endingWith: 74)
            try trial.openGate()
            try await trial.run(endingWith: 0)
            #expect(try trial.ledger == ["1"])
        }
    }

    @Test func `a connection cut exactly at the answer to COMMIT is resolved by reading the record`()
        async throws
    {
        let proxy = Proxy(to: Trial.serverPort, .hangUp(after: "CREATE TABLE cut_here", on: "COMMIT\0"))
        defer { proxy.stop() }
        try await withTrial(["1_a.sql": "CREATE TABLE cut_here ();", "2_b.sql": "CREATE TABLE b ();"]) {
            trial in
            let ended = try await trial.run(
                environment: ["APUS_DATABASE_URL": trial.url(port: proxy.port)],
                endingWith: 0
            )
            #expect(proxy.interventions == 1)
            #expect(ended.events("connection.lost").count == 1, ended.said)
            #expect(try ended.report.applied == 2)
            #expect(try trial.ledger == ["1", "2"])
            #expect(try trial.outcomes == ["succeeded"])
            #expect(try trial.isQuiet)
        }
    }

    @Test func `a connection cut before COMMIT is told as rolled back, and the next run applies it`()
        async throws
    {
        let proxy = Proxy(to: Trial.serverPort, .hangUp(after: "pg_sleep(0.3)", on: "\u{0}"))
        defer { proxy.stop() }
        try await withTrial(["1_a.sql": "CREATE TABLE a (); SELECT pg_sleep(0.3); SELECT 1/0;"]) { trial in
            let ended = try await trial.run(
                environment: ["APUS_DATABASE_URL": trial.url(port: proxy.port)],
                endingWith: 74
            )
            #expect(try !trial.exists("a"), ended.said)
            try trial.write(["1_a.sql": "CREATE TABLE a ();"])
            try await trial.run(endingWith: 0)
            #expect(try trial.ledger == ["1"])
        }
    }

    @Test func `a server far away is no reason to give up an upgrade that does not wait`() async throws {
        let proxy = Proxy(to: Trial.serverPort, .slow(milliseconds: 60))
        defer { proxy.stop() }
        try await withTrial(["1_a.sql": "CREATE TABLE a ();"]) { trial in
            let far: [String: String?] = ["APUS_DATABASE_URL": trial.url(port: proxy.port)]
            try await trial.apus("upgrade", environment: far, endingWith: 0)
            try await trial.apus("status", environment: far, endingWith: 0)
        }
    }

    @Test func `a password that is rotated while waiting is picked up`() async throws {
        try await withTrial(["1_a.sql": "CREATE TABLE a ();"]) { trial in
            let role = "\(trial.database.name)_rotated"
            try trial.execute("CREATE ROLE \(role) LOGIN SUPERUSER PASSWORD 'new-password'")
            let file = try trial.folder.write("old-password\n", to: "password")
            let run = try trial.start(
                "run",
                environment: [
                    "APUS_DATABASE_URL":
                        "postgres://\(role)@127.0.0.1:\(Trial.serverPort)/\(trial.database.name)",
                    "APUS_DATABASE_PASSWORD_FILE": file,
                ]
            )
            try await run.event("wait.waiting")
            try trial.folder.write("new-password\n", to: "password")
            let ended = try await run.end(endingWith: 0)
            #expect(!ended.output.contains("old-password") && !ended.output.contains("new-password"))
            try trial.execute(
                "REASSIGN OWNED BY \(role) TO CURRENT_USER; DROP OWNED BY \(role); DROP ROLE \(role)"
            )
        }
    }
}
