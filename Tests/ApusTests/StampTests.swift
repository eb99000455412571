import Database
import Engine
import Foundation
import TestSupport
import Testing

/// What is said of a database without applying anything: stamp, adopt, repair, ensure-version.
@Suite(.enabled(if: TestServer.isPresent, "\(TestServer.hint)"), .timeLimit(.minutes(5)))
struct StampTests {
    private static let alembic: [String: String?] = ["APUS_LEDGER": "alembic"]

    private static func file(_ name: String, parents: String = "") -> String {
        "-- Revision ID: \(name)\n-- Revises: \(parents)\n-- migrate:up\nCREATE TABLE \(name) ();\n-- migrate:down\nDROP TABLE \(name);\n"
    }

    private static let files = [
        "a_.sql": file("a"), "b_.sql": file("b", parents: "a"), "x_.sql": file("x", parents: "a"),
    ]

    private func rows(_ trial: Trial) throws -> [String] {
        try trial.query("SELECT version_num FROM alembic_version ORDER BY 1").compactMap { $0[0] }
    }

    @Test func `a stamp records without running, both ways`() async throws {
        try await withTrial(Self.files) { trial in
            let stamped = try await trial.apus("stamp", "b", endingWith: 0)
            #expect(stamped.events("stamped").map(\.msg) == ["b"])
            #expect(try trial.ledger == ["a", "b"] && !trial.exists("a"))
            #expect(try trial.outcomes == ["stamped"])
            try await trial.apus("stamp", "heads", endingWith: 0)
            #expect(try trial.ledger == ["a", "b", "x"])
            try await trial.apus("status", "--exit-code", endingWith: 0)
            try await trial.apus("stamp", "a", endingWith: 0)
            #expect(try trial.ledger == ["a"])
            try await trial.apus("stamp", "base", endingWith: 0)
            #expect(try trial.ledger.isEmpty)
            try await trial.apus("stamp", "base", endingWith: 0)
            #expect(try trial.outcomes.count == 4)
            #expect(try await trial.apus("stamp", "nope").code == 64)
            #expect(try await trial.apus("stamp", "-1").code == 64)
            #expect(try await trial.apus("stamp").code == 64)
        }
    }

    @Test func `to purge forgets what no file has`() async throws {
        try await withTrial(Self.files) { trial in
            try await trial.apus("stamp", "b", endingWith: 0)
            try trial.execute("UPDATE apus_revision SET revision = 'gone' WHERE revision = 'b'")
            try await trial.apus("stamp", "b", endingWith: 0)
            #expect(try trial.ledger == ["a", "gone", "b"])
            try await trial.apus("stamp", "--purge", "b", endingWith: 0)
            #expect(try trial.ledger == ["a", "b"])
        }
    }

    @Test func `a stamp clears what was half done below it`() async throws {
        try await withTrial(["1_a.sql": "-- migrate:up transaction:false\nCREATE TABLE a ();\nSELECT nope;"])
        { trial in
            try await trial.run(endingWith: 4)
            #expect(try trial.ledger == ["1 failed"])
            try await trial.apus("stamp", "1", endingWith: 0)
            #expect(try trial.ledger == ["1"])
            #expect(try await trial.run(endingWith: 0).report.result == .noop)
        }
    }

    @Test func `a stamp below what was half done says that this is forgotten`() async throws {
        let files = [
            "1_a.sql": "SELECT 1;", "2_b.sql": "-- migrate:up transaction:false\nSELECT 1;\nSELECT nope;",
        ]
        try await withTrial(files) { trial in
            try await trial.run(endingWith: 4)
            let json = try await trial.apus("stamp", "1", endingWith: 0)
            #expect(json.output.contains("\"forgotten\":[\"2\"]"), json.said)
            #expect(try trial.ledger == ["1"])
            try await trial.run(endingWith: 4)
            let text = try await trial.apus("stamp", "1", "--log-format", "text", endingWith: 0)
            #expect(text.errors.contains("at 1, as before"), text.said)
            #expect(text.errors.contains("forgotten how far 2 was, half done"), text.said)
            let again = try await trial.apus("stamp", "1", endingWith: 0)
            #expect(!again.output.contains("forgotten"), again.said)
        }
    }

    @Test func `a stamp changes Alembic's rows as Alembic would`() async throws {
        try await withTrial(Self.files) { trial in
            func stamp(_ arguments: String...) async throws -> [String] {
                let started = try trial.start(["stamp"] + arguments, environment: Self.alembic, in: nil)
                try await started.end(endingWith: 0)
                return try rows(trial)
            }
            #expect(try await stamp("a") == ["a"])
            #expect(try await stamp("heads") == ["b", "x"])
            #expect(try await stamp("b@base") == ["x"])
            #expect(try await stamp("b", "x") == ["b", "x"])
            try trial.execute("INSERT INTO alembic_version VALUES ('gone')")
            #expect(try await trial.apus("stamp", "b", environment: Self.alembic).code == 64)
            #expect(try await stamp("--purge", "b") == ["b"])
            #expect(try !trial.exists("apus_revision") && trial.isQuiet)
        }
    }

    @Test func `what Alembic has recorded is taken over, and its table stays`() async throws {
        try await withTrial(Self.files) { trial in
            #expect(try await trial.apus("adopt", "--from", "alembic").code == 64)
            try trial.execute("CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)")
            try trial.execute("INSERT INTO alembic_version VALUES ('b')")
            try await trial.apus("adopt", "--from", "alembic", endingWith: 0)
            #expect(try trial.ledger == ["a", "b"])
            #expect(try trial.outcomes == ["adopted"] && rows(trial) == ["b"])
            try await trial.apus("adopt", "--from", "alembic", environment: Self.alembic, endingWith: 0)
            let next = try await trial.run(endingWith: 0)
            #expect(next.events("revision.applied").map(\.revision) == ["x"])
            let refused = try await trial.apus("adopt", "--from", "alembic", endingWith: 64)
            #expect(refused.output.contains("apus stamp --purge b"))
            try trial.execute("UPDATE alembic_version SET version_num = 'unknown'")
            #expect(try await trial.apus("adopt", "--from", "alembic").code == 8)
        }
    }

    @Test func `an edit that is accepted is no edit any more, and says who accepted it`() async throws {
        try await withTrial(Self.files) { trial in
            try await trial.run(endingWith: 0)
            try trial.write([
                "a_.sql": Self.file("a") + "-- more", "b_.sql": Self.file("b", parents: "a") + "-- more",
            ])
            try await trial.run(endingWith: 7)
            let one = try await trial.apus("repair", "a", endingWith: 0)
            #expect(one.events("repaired").map(\.msg) == ["a"])
            try await trial.run(endingWith: 7)
            #expect(try await trial.apus("repair", endingWith: 0).events("repaired").map(\.msg) == ["b"])
            #expect(
                try trial.query(
                    "SELECT revision FROM apus_revision WHERE repaired_by = current_user AND repaired_at > applied_at ORDER BY 1"
                ) == [["a"], ["b"]]
            )
            #expect(try await trial.run(endingWith: 0).report.result == .noop)
            #expect(try await trial.apus("repair", endingWith: 0).events("repaired").map(\.msg) == [""])
            #expect(try trial.outcomes == ["succeeded", "repaired", "repaired"])
        }
    }

    @Test func `to repair base is to repair nothing`() async throws {
        try await withTrial(Self.files) { trial in
            try await trial.run(endingWith: 0)
            try trial.write(["a_.sql": Self.file("a") + "-- more"])
            try await trial.apus("repair", "base", endingWith: 0)
            try await trial.run(endingWith: 7)
        }
    }

    @Test func `a title is a title, whatever stands in it`() async throws {
        let titles = [
            "it's", "'\u{301}, 0); DROP TABLE victim; --", "\\'; DROP TABLE victim; --",
            "a'\u{200D}'\u{FE0F}b \\ c",
        ]
        var files: [String: String] = [:]
        for (number, title) in titles.enumerated() {
            let parent = number == 0 ? "" : "r\(number - 1)"
            files["r\(number)_.sql"] =
                "-- \(title)\n-- Revision ID: r\(number)\n-- Revises: \(parent)\n\nSELECT 1;"
        }
        try await withTrial(files) { trial in
            try trial.execute("CREATE TABLE victim ()")
            try await trial.apus("stamp", "r1", endingWith: 0)
            try await trial.run(endingWith: 0)
            #expect(
                try trial.query("SELECT description FROM apus_revision ORDER BY revision").map { $0[0] }
                    == titles
            )
            #expect(try trial.exists("victim"))
        }
    }

    @Test func `what is being applied with Alembic's table is not adopted meanwhile`() async throws {
        try await withTrial(["r_.sql": Trial.gate]) { trial in
            try trial.closeGate()
            let started = try trial.start("run", environment: Self.alembic)
            try await trial.work(on: "pg_sleep")
            #expect(try await trial.apus("adopt", "--from", "alembic", "--lock-wait-timeout", "0").code == 75)
            try trial.openGate()
            try await started.end(endingWith: 0)
            try await trial.apus("adopt", "--from", "alembic", endingWith: 0)
            #expect(try trial.ledger == ["r"])
        }
    }

    @Test func `the tables can be made ahead of the first run`() async throws {
        try await withTrial(Self.files) { trial in
            try await trial.apus("ensure-version", endingWith: 0)
            #expect(try trial.exists("apus_revision") && trial.exists("apus_run"))
            try await trial.apus("ensure-version", environment: Self.alembic, endingWith: 0)
            #expect(try trial.exists("alembic_version"))
            try await trial.apus("ensure-version", endingWith: 0)
            try await trial.run(endingWith: 0)
        }
    }

    @Test func `a ledger is written only under the lock`() async throws {
        try await withTrial(["1_a.sql": Trial.gate]) { trial in
            try trial.closeGate()
            let started = try trial.start("run")
            try await trial.work(on: "pg_sleep")
            #expect(try await trial.apus("stamp", "1", "--lock-wait-timeout", "0").code == 75)
            try trial.openGate()
            try await started.end(endingWith: 0)
        }
    }
}
