import Database
import Digests
import Engine
import Foundation
import TestSupport
import Testing

/// Somebody outside is told, and what happens there changes nothing here.
@Suite(.enabled(if: TestServer.isPresent, "\(TestServer.hint)"), .timeLimit(.minutes(5)))
struct WebhookTests {
    private static let path = "/services/T0PSECRET/xK3yxK3yxK3y"
    private static let key = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

    private struct Envelope: Decodable {
        var type: String
        var data: Report
    }

    /// A run of one migration that tells a receiver which answers by this script.
    private func tell(
        _ kind: String,
        answering script: Receiver.Reply...,
        migration: String = "CREATE TABLE a ();",
        arguments: [String] = [],
        _ body: (Trial, Ended, Receiver) async throws -> Void
    ) async throws {
        let receiver = Receiver(script)
        defer { receiver.stop() }
        try await withTrial(["1_a.sql": migration]) { trial in
            let run = try trial.start(
                ["run", "--notify-timeout", "3s"] + arguments,
                environment: [
                    "APUS_NOTIFY_URL": "\(kind)http://127.0.0.1:\(receiver.port)\(WebhookTests.path)",
                    "APUS_NOTIFY_SECRET": "whsec_\(WebhookTests.key)",
                ],
                in: nil
            )
            let ended = try await run.end()
            let record =
                try trial.exists("apus_run")
                ? trial.value("SELECT string_agg(r::text, ' ') FROM apus_run r") ?? "" : ""
            let bodies = receiver.requests.map { String(decoding: $0.body, as: UTF8.self) }
            for place in [ended.output, ended.errors, record, try trial.folder.text(of: "report.json")]
                + bodies
            {
                #expect(!place.contains("T0PSECRET") && !place.contains(WebhookTests.key), "\(place)")
            }
            try await body(trial, ended, receiver)
        }
    }

    @Test func `the body is the report, and its signature is right`() async throws {
        try await tell("standard+", answering: .answer(204)) { trial, ended, receiver in
            #expect(ended.code == 0, ended.said)
            let request = try #require(receiver.requests.first)
            var report = try ended.report
            #expect(report.notifications.map(\.outcome) == ["delivered"])
            report.notifications = []
            let envelope = try JSONDecoder().decode(Envelope.self, from: Data(request.body))
            #expect(envelope.type == "run.succeeded")
            #expect(envelope.data == report)
            let id = try #require(request.headers["webhook-id"])
            let stamp = try #require(request.headers["webhook-timestamp"])
            let signed = Array("\(id).\(stamp).".utf8) + request.body
            let key = Array(try #require(Data(base64Encoded: WebhookTests.key)))
            let signature = Data(HMACSHA256.code(for: signed, key: key)).base64EncodedString()
            #expect(request.headers["webhook-signature"] == "v1,\(signature)")
            #expect(id == "msg_\(report.run)")
            // And nobody is told that nothing was done.
            try await trial.run(
                environment: ["APUS_NOTIFY_URL": "http://127.0.0.1:\(receiver.port)\(WebhookTests.path)"],
                endingWith: 0
            )
            #expect(receiver.requests.count == 1)
        }
    }

    @Test func `a failed run is told with its error`() async throws {
        try await tell("", answering: .answer(200), migration: "SELECT nosuch;") { _, ended, receiver in
            #expect(ended.code == 3, ended.said)
            let envelope = try JSONDecoder().decode(
                Envelope.self,
                from: Data(try #require(receiver.requests.first).body)
            )
            #expect(envelope.type == "run.failed")
            #expect(envelope.data.failed?.sqlstate == "42703")
        }
    }

    @Test(arguments: [
        Receiver.Reply.answer(500), .answer(404, body: "Cannot POST /services/T0PSECRET/xK3yxK3yxK3y"),
        .hangUp,
        .silence, .raw("no HTTP at all"),
        .answer(302, headers: ["Location: http://127.0.0.1:1/services/T0PSECRET"]),
    ])
    func `what a receiver does wrong does not change the outcome, unless it must be told`(
        reply: Receiver.Reply
    ) async throws {
        try await tell("", answering: reply) { trial, ended, _ in
            let report = try ended.report
            #expect(ended.code == 0, ended.said)
            #expect(report.notifications.map(\.outcome) == ["failed"])
            #expect(try trial.ledger == ["1"])
        }
        try await tell("", answering: reply, arguments: ["--notify-required"]) { trial, ended, _ in
            let report = try ended.report
            #expect(ended.code == 11, ended.said)
            #expect((report.reason, report.result, report.db) == ("NotificationFailed", .failed, "advanced"))
            #expect(try trial.ledger == ["1"])
        }
    }

    @Test func `a failed run keeps its own code when the telling fails too`() async throws {
        try await tell(
            "",
            answering: .answer(404),
            migration: "SELECT nosuch;",
            arguments: ["--notify-required"]
        ) {
            _,
            ended,
            _ in
            #expect(ended.code == 3, ended.said)
        }
    }

    @Test func `a URL that cannot be used is refused before anything is touched, without being shown`()
        async throws
    {
        for url in [
            "slakc+https://hooks.example.org/T0PSECRET", "https:///T0PSECRET", "ftp://example.org/T0PSECRET",
        ] {
            try await withTrial(["1_a.sql": "CREATE TABLE a ();"]) { trial in
                let ended = try await trial.run(environment: ["APUS_NOTIFY_URL": url], endingWith: 78)
                #expect(!(ended.output + ended.errors).contains("T0PSECRET"), ended.said)
                #expect(try !trial.exists("a"))
            }
        }
    }
}
