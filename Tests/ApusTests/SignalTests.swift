import Database
import Engine
import Foundation
import Glibc
import TestSupport
import Testing

/// SIGTERM and SIGINT at every place where a run spends time.
@Suite(.enabled(if: TestServer.isPresent, "\(TestServer.hint)"), .timeLimit(.minutes(5)))
struct SignalTests {
    private func expectInterrupted(_ ended: Ended, _ took: Duration, _ trial: Trial, code: Int32 = 143) throws
    {
        #expect(ended.code == code, ended.said)
        #expect(took < .seconds(10), ended.said)
        let report = try JSONDecoder().decode(
            Report.self,
            from: Data(trial.folder.text(of: "report.json").utf8)
        )
        #expect(report.result == .interrupted)
        #expect(report.code == code)
        #expect(try ended.report == report)
        #expect(try trial.isQuiet)
    }

    @Test(arguments: [(SIGTERM, 143), (SIGINT, 130)] as [(Int32, Int32)])
    func `a signal during a statement cancels it and rolls back`(signal: Int32, code: Int32) async throws {
        try await withTrial([
            "1_a.sql": "CREATE TABLE a ();", "2_b.sql": "CREATE TABLE b (); SELECT pg_sleep(600);",
        ]) { trial in
            let run = try trial.start("run")
            try await trial.work(on: "pg_sleep")
            let (ended, took) = try await run.end(by: signal)
            try expectInterrupted(ended, took, trial, code: code)
            #expect(try trial.ledger == ["1"])
            #expect(try !trial.exists("b"))
            #expect(try (ended.report.applied, ended.report.pending, ended.report.at) == (1, 1, ["1"]))
            #expect(try trial.outcomes == ["interrupted"])
        }
    }

    @Test func `a signal during a statement outside a transaction leaves what can be resumed`() async throws {
        let text = "-- migrate:up transaction:false\nCREATE TABLE a ();\n\(Trial.gate)\nCREATE TABLE b ();"
        try await withTrial(["1_a.sql": text]) { trial in
            try trial.closeGate()
            let run = try trial.start("run")
            try await trial.work(on: "gate")
            let (ended, took) = try await run.end(by: SIGTERM)
            try expectInterrupted(ended, took, trial)
            try trial.openGate()
            try await trial.run(endingWith: 0)
            #expect(try trial.ledger == ["1"])
        }
    }

    @Test func `a signal during CREATE INDEX CONCURRENTLY leaves what the next run cleans up`() async throws {
        try await withTrial(["1_a.sql": "CREATE TABLE a (id int);"]) { trial in
            try await trial.run(endingWith: 0)
            try trial.write(["2_b.sql": "CREATE INDEX CONCURRENTLY a_id ON a (id);"])
            let other = try trial.database.connect()
            try other.execute("BEGIN; INSERT INTO a VALUES (0)")
            let run = try trial.start("run")
            try await trial.work(on: "CREATE INDEX")
            try await eventually("the invalid index") { try trial.exists("a_id") }
            let (ended, took) = try await run.end(by: SIGTERM)
            try expectInterrupted(ended, took, trial)
            try other.execute("COMMIT")
            try await trial.run(endingWith: 0)
            #expect(
                try trial.value("SELECT indisvalid FROM pg_index WHERE indexrelid = 'a_id'::regclass") == "t"
            )
        }
    }

    @Test func `a signal while a table is locked by somebody else`() async throws {
        try await withTrial(["1_a.sql": "CREATE TABLE a ();", "2_b.sql": "ALTER TABLE a ADD x int;"]) {
            trial in
            try await trial.apus("upgrade", "1", endingWith: 0)
            let other = try trial.database.connect()
            try other.execute("BEGIN; LOCK TABLE a")
            let run = try trial.start("run")
            try await run.event("revision.retrying")
            let (ended, took) = try await run.end(by: SIGTERM)
            try expectInterrupted(ended, took, trial)
            #expect(try trial.ledger == ["1"])
        }
    }

    @Test func `a signal while what is recorded waits for another attempt`() async throws {
        try await withTrial(["1_a.sql": "CREATE TABLE a ();"]) { trial in
            try await trial.run(endingWith: 0)
            try trial.write(["2_b.sql": "CREATE TABLE b ();"])
            try trial.execute("ALTER DATABASE \(trial.database.name) SET lock_timeout = '50ms'")
            let other = try trial.database.connect()
            try other.execute("BEGIN; LOCK TABLE apus_run")
            let run = try trial.start("run")
            // The pause behind the fourth attempt is one of three seconds at least.
            try await eventually("the fourth attempt") {
                run.program.standardOutput.contains("\"attempt\":4,\"event\":\"ledger.retrying\"")
            }
            let (ended, took) = try await run.end(by: SIGTERM)
            try expectInterrupted(ended, took, trial)
            #expect(took < .milliseconds(2500), ended.said)
            #expect(try trial.ledger == ["1"])
        }
    }

    @Test func `a signal while the database is waited for`() async throws {
        try await withTrial(["1_a.sql": "CREATE TABLE a ();"]) { trial in
            let run = try trial.start(
                "run",
                environment: ["APUS_DATABASE_URL": trial.url(port: unusedPort())]
            )
            try await run.event("wait.waiting")
            let (ended, took) = try await run.end(by: SIGTERM)
            try expectInterrupted(ended, took, trial)
        }
    }

    @Test func `a signal while a peer says nothing`() async throws {
        let peer = SilentPeer()
        try await withTrial(["1_a.sql": "CREATE TABLE a ();"]) { trial in
            let run = try trial.start("run", environment: ["APUS_DATABASE_URL": trial.url(port: peer.port)])
            try await Task.sleep(for: .milliseconds(700))
            let (ended, took) = try await run.end(by: SIGTERM)
            try expectInterrupted(ended, took, trial)
        }
    }

    @Test func `a signal while a name does not resolve`() async throws {
        try await withTrial(["1_a.sql": "CREATE TABLE a ();"]) { trial in
            let run = try trial.start(
                "run",
                environment: ["APUS_DATABASE_URL": "postgres://u:secret@nosuch.invalid/d"]
            )
            try await run.event("wait.waiting")
            let (ended, took) = try await run.end(by: SIGTERM)
            try expectInterrupted(ended, took, trial)
        }
    }

    @Test func `a signal after which the network is dead`() async throws {
        let proxy = Proxy(to: Trial.serverPort, .fallSilent(after: "the network dies now"))
        defer { proxy.stop() }
        try await withTrial(["1_a.sql": "SELECT pg_sleep(600), 'the network dies now';"]) { trial in
            let run = try trial.start("run", environment: ["APUS_DATABASE_URL": trial.url(port: proxy.port)])
            try await trial.work(on: "pg_sleep")
            let (ended, took) = try await run.end(by: SIGTERM, within: .seconds(24))
            #expect(ended.code == 143, ended.said)
            // The server does not answer, so this is the patience with it and no more.
            #expect(took < .seconds(20), ended.said)
            #expect(try trial.folder.text(of: "report.json").contains("interrupted"))
        }
    }

    /// The request to cancel goes its own way, and finds the server with nothing to cancel.
    @Test func `a signal before the server has begun the statement`() async throws {
        let proxy = Proxy(to: Trial.serverPort, .late("this comes late", milliseconds: 2_000))
        defer { proxy.stop() }
        try await withTrial(["1_a.sql": "SELECT pg_sleep(600), 'this comes late';"]) { trial in
            let run = try trial.start("run", environment: ["APUS_DATABASE_URL": trial.url(port: proxy.port)])
            try await run.event("revision.applying")
            let (ended, took) = try await run.end(by: SIGTERM)
            try expectInterrupted(ended, took, trial)
            #expect(proxy.interventions == 1)
        }
    }

    @Test
    func `a signal between statements outside a transaction is no reason to call the database unchanged`()
        async throws
    {
        let text = "-- migrate:up transaction:false\nCREATE TABLE a ();\n\(Trial.gate)\nCREATE TABLE b ();"
        try await withTrial(["1_a.sql": text]) { trial in
            try trial.closeGate()
            let run = try trial.start("run")
            try await trial.work(on: "gate")
            let (ended, _) = try await run.end(by: SIGTERM)
            #expect(ended.code == 143, ended.said)
            #expect(try trial.exists("a") && ended.report.db == "dirty" && ended.report.retryable)
            try trial.openGate()
            #expect(try await trial.run(endingWith: 0).report.db == "at-target")
        }
    }

    @Test
    func `a signal while nobody knows what became of a transaction does not say that it was rolled back`()
        async throws
    {
        let proxy = Proxy(to: Trial.serverPort, .fallSilent(after: "the network dies now"))
        defer { proxy.stop() }
        try await withTrial(["1_a.sql": "SELECT pg_sleep(0.5), 'the network dies now';"]) { trial in
            let run = try trial.start("run", environment: ["APUS_DATABASE_URL": trial.url(port: proxy.port)])
            try await trial.work(on: "pg_sleep")
            let (ended, _) = try await run.end(by: SIGTERM, within: .seconds(24))
            #expect(ended.code == 143, ended.said)
            #expect(try trial.ledger == ["1"])
            let message = try ended.report.failed?.message ?? ""
            #expect(message.contains("Whether 1 was committed is not known yet"), ended.said)
        }
    }

    @Test func `a signal while another runner holds the lock`() async throws {
        try await withTrial(["1_a.sql": Trial.gate]) { trial in
            try trial.closeGate()
            let first = try trial.start("run", environment: ["APUS_REPORT_FILE": nil])
            try await trial.work(on: "gate")
            let second = try trial.start("run")
            try await second.event("lock.waiting")
            let (ended, took) = try await second.end(by: SIGTERM)
            #expect(ended.code == 143, ended.said)
            #expect(took < .seconds(10))
            try trial.openGate()
            try await first.end(endingWith: 0)
        }
    }

    @Test func `a signal while a backup hook runs ends the hook's whole group`() async throws {
        try await withTrial(["1_a.sql": "CREATE TABLE a ();"]) { trial in
            let hook = try trial.folder.write(
                "#!/bin/sh\nsleep 300 &\necho $! >\(trial.folder.path)/child\necho waiting >&2\nwait\n",
                to: "hook.sh",
                mode: 0o755
            )
            let run = try trial.start("run", "--backup-command", hook)
            try await run.event("backup.output")
            let child = try #require(
                pid_t(trial.folder.text(of: "child").trimmingCharacters(in: .whitespacesAndNewlines))
            )
            let (ended, took) = try await run.end(by: SIGTERM)
            try expectInterrupted(ended, took, trial)
            try await eventually(within: .seconds(2), "the end of the hook's child") {
                kill(child, 0) != 0 || isZombie(child)
            }
            #expect(try trial.ledger == [])
            #expect(trial.folder.names(in: "tmp").isEmpty)
        }
    }

    @Test func `a signal while a webhook is retried ends the telling, and the outcome stays`() async throws {
        let receiver = Receiver([.answer(503, headers: ["Retry-After: 20"])])
        defer { receiver.stop() }
        try await withTrial(["1_a.sql": "CREATE TABLE a ();"]) { trial in
            let run = try trial.start("run", "--notify-url", "http://127.0.0.1:\(receiver.port)/hook")
            try await eventually("the first attempt") { !receiver.requests.isEmpty }
            let (ended, took) = try await run.end(by: SIGTERM)
            // All is applied and recorded, and a notification never changes the outcome.
            #expect(ended.code == 0, ended.said)
            #expect(took < .seconds(10))
            #expect(try ended.report.notifications.map(\.outcome) == ["failed"])
        }
    }

    @Test func `a second signal ends at once`() async throws {
        let proxy = Proxy(to: Trial.serverPort, .fallSilent(after: "the network dies now"))
        defer { proxy.stop() }
        try await withTrial(["1_a.sql": "SELECT pg_sleep(600), 'the network dies now';"]) { trial in
            let run = try trial.start("run", environment: ["APUS_DATABASE_URL": trial.url(port: proxy.port)])
            try await trial.work(on: "pg_sleep")
            run.program.send(SIGTERM)
            try await Task.sleep(for: .milliseconds(300))
            let (ended, took) = try await run.end(by: SIGTERM)
            #expect(ended.code == 143, ended.said)
            #expect(took < .seconds(5))
        }
    }

    @Test func `wait and status end by a signal too`() async throws {
        try await withTrial(["1_a.sql": "CREATE TABLE a ();"]) { trial in
            let wait = try trial.start("wait", "--for", "head")
            try await wait.event("wait.revisions")
            let (ended, took) = try await wait.end(by: SIGTERM)
            #expect(ended.code == 143, ended.said)
            #expect(took < .seconds(10))
        }
    }
}

/// Whether the process has ended and was only not reaped yet, by whoever inherited it.
private func isZombie(_ pid: pid_t) -> Bool {
    (try? contents(of: "/proc/\(pid)/stat"))?.contains(") Z ") ?? true
}
