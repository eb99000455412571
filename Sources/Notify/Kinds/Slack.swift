import FoundationEssentials

extension EndpointKind {
    /// Slack's incoming webhooks, and what speaks like them.
    package static let slack = EndpointKind(
        name: "slack",
        signing: .never,
        recognisesRepetitions: false,
        body: { SlackMessage($0.summary).json.bytes },
        judge: failure
    )
}

/// Slack took a message when it answers 200 with `ok`, or with JSON that says so: chat.postMessage answers 200 to
/// everything. A 429 is tried once more and not again: Slack was seen to post such messages all the same, and says
/// that sending on while limited may get an application disabled for good.
private func failure(of answer: Answer) -> Failure? {
    if var failure = answer.failure {
        if answer.status == 429 { failure.retry = .once }
        return failure
    }
    guard answer.status == 200, saysOK(answer.body) else {
        return Failure(.notConfirmed(status: answer.status, text: answer.text), retry: .never)
    }
    return nil
}

private func saysOK(_ body: [UInt8]) -> Bool {
    struct Verdict: Decodable {
        let ok: Bool
    }
    if let verdict = try? JSONDecoder().decode(Verdict.self, from: Data(body)) { return verdict.ok }
    return String(decoding: body, as: UTF8.self).split(whereSeparator: \.isWhitespace) == ["ok"]
}
