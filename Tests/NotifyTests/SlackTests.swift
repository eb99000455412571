import Foundation
import TestSupport
import Testing

@testable import Notify

@Suite struct SlackTests {
    @Test(arguments: ["ok", " ok\n", #"{"ok":true}"#])
    func `Slack takes a message by saying ok`(body: String) throws {
        #expect(try deliver(to: "slack", answering: .answer(200, body: body)).outcome == .delivered)
    }

    @Test(arguments: ["", "no_service", #"{"ok":false,"error":"channel_not_found"}"#])
    func `a 200 that does not say ok is a failure, and final`(body: String) throws {
        let result = try deliver(to: "slack", answering: .answer(200, body: body))
        #expect(result.outcome == .failed)
        #expect(result.attempts == 1)
        #expect(
            result.error
                == "HTTP 200, but the answer does not say ok: \(body)".trimmingCharacters(in: .whitespaces)
        )
    }

    @Test func `a throttled message is sent once more, not again`() throws {
        #expect(try deliver(to: "slack", answering: .answer(429)).attempts == 2)
    }

    @Test func `a message has a header, facts, the error and a footer`() throws {
        let message = try slackMessage(sampleNotification().summary)
        let types = message.blocks.map { $0["type"] as? String }
        #expect(types == ["header", "section", "section", "context"])
        #expect(message.text == ":x: Migration failed: appdb")
        let error = try #require(message.blocks[2]["text"] as? [String: String])
        #expect(error["text"] == "```ERROR 42P07: relation \"x\" already exists```")
    }

    @Test func `what is empty is left out, because Slack refuses it`() throws {
        let summary = Summary(title: "Done", outcome: .ok, facts: [], errorText: "", footer: "")
        #expect(try slackMessage(summary).blocks.count == 1)
    }

    @Test func `nothing exceeds Slack's limits, whatever the text`() throws {
        for piece in ["a", "&", "`", "💥", "\u{0}", "\""] {
            let long = String(repeating: piece, count: 20_000)
            let facts = (0..<60).map { _ in Summary.Fact(long, long) }
            let summary = Summary(title: long, outcome: .neutral, facts: facts, errorText: long, footer: long)
            let message = try slackMessage(summary)
            let lengths = message.blocks.flatMap(texts).map(\.unicodeScalars.count)
            #expect(lengths.count == 13)
            #expect(lengths[0] <= 150 && lengths[1...10].allSatisfy { $0 <= 500 })
            #expect(lengths[11] <= 3000 && lengths[12] <= 300)
            #expect(lengths.reduce(0, +) < 10_000)
        }
    }

    @Test func `only three characters are escaped, and none is cut in half`() {
        #expect(SlackText.escaped("<!channel> & \"*x*\"", limit: 99) == "&lt;!channel&gt; &amp; \"*x*\"")
        #expect(SlackText.escaped("a&&&", limit: 11) == "a&amp;…")
        #expect(SlackText.escaped("abcd", limit: 4) == "abcd")
    }

    @Test func `backticks cannot end the block of the error`() {
        let block = SlackText.codeBlock("a```b````", limit: 99)
        #expect(block.hasPrefix("```a") && block.hasSuffix("```"))
        #expect(!block.dropFirst(3).dropLast(3).contains("``"))
    }
}

/// A message as a parser of another make reads it.
private func slackMessage(_ summary: Summary) throws -> (text: String?, blocks: [[String: Any]]) {
    let object = try JSONSerialization.jsonObject(with: Data(SlackMessage(summary).json.bytes))
    let message = try #require(object as? [String: Any])
    return (message["text"] as? String, try #require(message["blocks"] as? [[String: Any]]))
}

private func texts(in block: [String: Any]) -> [String] {
    let lists = [block["fields"], block["elements"]].compactMap { $0 as? [[String: Any]] }
    let single = (block["text"] as? [String: Any]).map { [$0] } ?? []
    return (lists.flatMap(\.self) + single).compactMap { $0["text"] as? String }
}
