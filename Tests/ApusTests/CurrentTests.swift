import Engine
import Foundation
import TestSupport
import Testing

/// Where a database is, and whether that is where it should be.
@Suite(.enabled(if: TestServer.isPresent, "\(TestServer.hint)"), .timeLimit(.minutes(5)))
struct CurrentTests {
    private static let half = "-- migrate:up transaction:false\nCREATE TABLE b ();\nSELECT nothing;"

    private struct Answer: Decodable {
        var code: Int32
        var reason, message, database: String
        var current, heads, pending, half_applied, findings, warnings: [String]
    }

    private func answer(_ trial: Trial, _ options: String..., endingWith code: Int32) async throws -> Answer {
        let ended = try await trial.start(["check", "--format", "json"] + options, environment: [:], in: nil)
            .end(endingWith: code)
        let answer = try JSONDecoder().decode(Answer.self, from: Data(ended.output.utf8))
        #expect(answer.code == code)
        return answer
    }

    // MARK: current

    @Test func `an empty database is at base, and nothing is made in it`() async throws {
        try await withTrial(branchedHistory) { trial in
            let ended = try await trial.apus("current", endingWith: 0)
            #expect(ended.output == "")
            #expect(ended.errors.contains("is at base."))
            try await trial.apus("current", "--check-heads", endingWith: 9)
            #expect(try !trial.exists("apus_revision"))
        }
    }

    @Test func `the tips of what is applied are current`() async throws {
        try await withTrial(branchedHistory) { trial in
            try await trial.apus("upgrade", "other1", endingWith: 0)
            let two = try await trial.apus("current", "-c", endingWith: 9)
            #expect(two.output == "left1\nother1 (head)\n")
            try await trial.run(endingWith: 0)
            let all = try await trial.apus("current", "--check-heads", endingWith: 0)
            #expect(all.output == "merge (shop) (head) (mergepoint)\nother1 (head)\n")
            let verbose = try await trial.apus("current", "--verbose", endingWith: 0)
            #expect(verbose.output.contains("Current revision(s) of "))
            #expect(verbose.output.contains("\nApplied: 20"))
        }
    }

    @Test func `a half applied revision is named, and is not current`() async throws {
        try await withTrial(["1_a.sql": "CREATE TABLE a ();", "2_b.sql": Self.half]) { trial in
            try await trial.run(endingWith: 4)
            let ended = try await trial.apus("current", "-c", endingWith: 9)
            #expect(ended.output == "1\n")
            #expect(ended.errors.contains("revision 2 is half applied: 1 statement of it committed."))
        }
    }

    @Test func `what no file has is told, newer or not`() async throws {
        try await withTrial(["1_a.sql": "SELECT 1;", "2_b.sql": "SELECT 2;", "3_c.sql": "SELECT 3;"]) {
            trial in
            try await trial.run(endingWith: 0)
            trial.folder.removeFile("migrations/1_a.sql")
            trial.folder.removeFile("migrations/3_c.sql")
            let ended = try await trial.apus("current", endingWith: 0)
            #expect(ended.output == "2 (head)\n3 (ahead: no file has it)\n")
            #expect(ended.errors.contains("no file has these applied revisions: 1."))
        }
    }

    @Test func `Alembic's own table is read as Alembic reads it`() async throws {
        try await withTrial(branchedHistory) { trial in
            let alembic: [String: String?] = ["APUS_LEDGER": "alembic"]
            try trial.execute("CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)")
            try trial.execute("INSERT INTO alembic_version VALUES ('other1'), ('right1')")
            let current = try await trial.apus("current", environment: alembic, endingWith: 0)
            // left1 has no row, because other1 depends on it.
            #expect(current.output == "left1\nright1 (shop)\nother1 (head)\n")
            try await trial.apus("check", environment: alembic, endingWith: 9)
            try trial.execute("UPDATE alembic_version SET version_num = 'merge' WHERE version_num = 'right1'")
            try await trial.apus("check", environment: alembic, endingWith: 0)
            try trial.execute("UPDATE alembic_version SET version_num = 'newer' WHERE version_num = 'merge'")
            let newer = try await trial.apus("current", environment: alembic, endingWith: 0)
            #expect(newer.output.hasSuffix("newer (ahead: no file has it)\n"))
            try await trial.apus("check", environment: alembic, endingWith: 8)
        }
    }

    // MARK: check

    @Test func `check ends with 0 when all is applied, and with 9 before`() async throws {
        try await withTrial(branchedHistory) { trial in
            let before = try await answer(trial, endingWith: 9)
            #expect(before.pending == ["base1", "right1", "left1", "other1", "merge"])
            #expect((before.current, before.heads) == ([], ["merge", "other1"]))
            #expect(try !trial.exists("apus_revision"))
            try await trial.run(endingWith: 0)
            let after = try await trial.apus("check", endingWith: 0)
            #expect(after.output.hasSuffix(" is at merge, other1: every revision of the files is applied\n"))
            #expect(after.output.split(separator: "\n").count == 1)
            #expect(after.errors == "")
        }
    }

    @Test func `check ends with 7 where files and database contradict each other, as the policies say`()
        async throws
    {
        try await withTrial(["1_a.sql": "SELECT 1;", "2_b.sql": "SELECT 2;"]) { trial in
            try await trial.run(endingWith: 0)
            try trial.write(["1_a.sql": "SELECT 11;"])
            let edited = try await answer(trial, endingWith: 7)
            #expect(edited.reason == "IntegrityViolated")
            #expect(edited.findings.count == 1)
            let warned = try await trial.apus("check", "--on-edited", "warn", endingWith: 0)
            #expect(warned.errors.contains("warning: "), warned.said)
            let silent = try await trial.apus("check", environment: ["APUS_ON_EDITED": "ok"], endingWith: 0)
            #expect(silent.errors == "")
            try await trial.apus("status", "--exit-code", "--on-edited", "ok", endingWith: 0)
            try await trial.apus("check", "--on-edited", "perhaps", endingWith: 78)
            trial.folder.removeFile("migrations/1_a.sql")
            try await trial.apus("check", endingWith: 7)
            try await trial.apus("check", "--on-missing", "ok", endingWith: 0)
        }
    }

    @Test func `check ends with 8 when the database is newer, unless that is allowed`() async throws {
        try await withTrial(["1_a.sql": "SELECT 1;", "2_b.sql": "SELECT 2;"]) { trial in
            try await trial.run(endingWith: 0)
            trial.folder.removeFile("migrations/2_b.sql")
            let ahead = try await trial.apus("check", endingWith: 8)
            #expect(ahead.output.contains("the database is ahead of this image"))
            try await trial.apus("check", "--on-ahead", "ok", endingWith: 0)
            try await trial.apus("status", "--exit-code", endingWith: 8)
        }
    }

    @Test func `what a killed run left half applied is pending for check, unless it was edited`() async throws
    {
        try await withTrial(["1_a.sql": Self.half]) { trial in
            try await trial.run(endingWith: 4)
            try trial.execute("UPDATE apus_revision SET state = 'running'")
            let pending = try await answer(trial, endingWith: 9)
            #expect(pending.half_applied == ["1"])
            try trial.write(["1_a.sql": Self.half.replacingOccurrences(of: "b ()", with: "c ()")])
            let stuck = try await answer(trial, endingWith: 4)
            #expect(stuck.message.contains("revision 1 is half applied"))
            let edited = try await trial.run(endingWith: 4)
            let message = try #require(try edited.report.failed).message
            #expect(message.contains("1 of 2 statements is committed. They were edited since"))
        }
    }

    @Test func `check ends with 4 when a revision is half applied`() async throws {
        try await withTrial(["1_a.sql": Self.half]) { trial in
            try await trial.run(endingWith: 4)
            let half = try await answer(trial, endingWith: 4)
            #expect(half.half_applied == ["1"])
            #expect(half.message.hasSuffix("revision 1 is half applied: 1 statement of it committed"))
            try await trial.apus("status", "--exit-code", endingWith: 4)
        }
    }

    @Test func `a way back that was killed half way ends a check as it ends an upgrade`() async throws {
        let back = "-- migrate:down transaction:false\nDROP TABLE b;\nSELECT nothing;"
        let files = ["1_a.sql": "SELECT 1;", "2_b.sql": "-- migrate:up\nCREATE TABLE b ();\n\(back)"]
        try await withTrial(files) { trial in
            try await trial.run(endingWith: 0)
            try await trial.apus("downgrade", "-1", "--yes", endingWith: 4)
            try trial.execute("UPDATE apus_revision SET state = 'reverting' WHERE revision = '2'")
            let half = try await answer(trial, endingWith: 4)
            #expect(half.message.contains("revision 2 is half reverted"))
            try await trial.apus("status", "--exit-code", endingWith: 4)
            try await trial.run(endingWith: 4)
            // Its first statement may have been under way.
            try trial.execute("UPDATE apus_revision SET statements_done = 0 WHERE revision = '2'")
            _ = try await answer(trial, endingWith: 4)
            try await trial.run(endingWith: 4)
            // Without its file nothing is pending, and so it is in nobody's way.
            trial.folder.removeFile("migrations/2_b.sql")
            try await trial.run(endingWith: 0)
            let idle = try await answer(trial, endingWith: 0)
            #expect(idle.half_applied == ["2"])
        }
    }

    @Test func `who may read the ledger only is asked nothing about other tools`() async throws {
        try await withTrial(["1_a.sql": "SELECT 1;"]) { trial in
            try await trial.apus("ensure-version", endingWith: 0)
            try trial.execute("CREATE TABLE schema_migrations AS SELECT '1' AS version")
            try await trial.apus("check", endingWith: 78)
            let role = "\(trial.database.name)_reader"
            try trial.execute("CREATE ROLE \(role) LOGIN PASSWORD 'reader-password'")
            defer { try? trial.execute("DROP OWNED BY \(role); DROP ROLE \(role)") }
            try trial.execute("GRANT SELECT ON apus_revision TO \(role)")
            let url =
                "postgres://\(role):reader-password@127.0.0.1:\(Trial.serverPort)/\(trial.database.name)"
            let reader = ["APUS_DATABASE_URL": url]
            try await trial.apus("check", environment: reader, endingWith: 9)
            try await trial.apus("current", "-c", environment: reader, endingWith: 9)
        }
    }

    @Test func `check needs no right but to read the ledger`() async throws {
        try await withTrial(["1_a.sql": "SELECT 1;"]) { trial in
            try await trial.run(endingWith: 0)
            let role = "\(trial.database.name)_reader"
            try trial.execute("CREATE ROLE \(role) LOGIN PASSWORD 'reader-password'")
            let url =
                "postgres://\(role):reader-password@127.0.0.1:\(Trial.serverPort)/\(trial.database.name)"
            let reader = ["APUS_DATABASE_URL": url]
            try await trial.apus("check", environment: reader, endingWith: 77)
            try trial.execute("GRANT SELECT ON apus_revision TO \(role)")
            try await trial.apus("check", environment: reader, endingWith: 0)
            try await trial.apus("current", "-c", environment: reader, endingWith: 0)
            try trial.execute("DROP OWNED BY \(role); DROP ROLE \(role)")
        }
    }

    @Test func `check waits for no runner`() async throws {
        try await withTrial(["1_a.sql": Trial.gate]) { trial in
            try trial.closeGate()
            let run = try trial.start("run")
            try await trial.work(on: "gate")
            try await trial.apus("check", endingWith: 9)
            #expect(run.program.isRunning)
            try trial.openGate()
            try await run.end(endingWith: 0)
            try await trial.apus("check", endingWith: 0)
        }
    }

    @Test func `a database that cannot be asked ends a check with the code of the reason`() async throws {
        try await withTrial(["1_a.sql": "SELECT 1;"]) { trial in
            let away = ["APUS_DATABASE_URL": trial.url(port: unusedPort())]
            let ended = try await trial.apus("check", environment: away, endingWith: 69)
            #expect(ended.output == "")
            let password = ["APUS_DATABASE_PASSWORD": "not the password"]
            try await trial.apus("check", environment: password, endingWith: 77)
            try await trial.apus("check", environment: ["APUS_DATABASE_URL": nil], endingWith: 78)
            try await trial.apus("check", "--migrations", "/nowhere/at/all", endingWith: 66)
        }
    }
}
