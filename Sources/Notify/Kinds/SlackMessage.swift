/// A summary in Slack's Block Kit, cut to Slack's limits.
///
/// The limits are those that slack_sdk's models enforce. Slack also refuses a message of some 13,200 characters in all
/// (bolt-js #2509), therefore a fact gets less room than Slack's 2,000: everything together stays below 10,000.
struct SlackMessage {
    private enum Limit {
        static let header = 150
        static let facts = 10
        static let fact = 500
        static let section = 3000
        static let footer = 300
    }

    private let summary: Summary

    init(_ summary: Summary) {
        self.summary = summary
    }

    /// The blocks, and the text that stands for them in a notification's preview.
    var json: JSON {
        let blocks = [header, facts, error, footer].compactMap(\.self)
        return .object(["text": .string(title), "blocks": .array(blocks)])
    }

    private var title: String {
        SlackText.escaped("\(sign) \(summary.title)", limit: Limit.header)
    }

    private var sign: String {
        switch summary.outcome {
        case .ok: ":white_check_mark:"
        case .failed: ":x:"
        case .neutral: ":information_source:"
        }
    }

    private var header: JSON {
        let text: JSON = .object(["type": "plain_text", "text": .string(title), "emoji": true])
        return .object(["type": "header", "text": text])
    }

    private var facts: JSON? {
        guard !summary.facts.isEmpty else { return nil }
        let fields = summary.facts.prefix(Limit.facts).map { fact in
            markdown(SlackText.escaped("*\(fact.name)*\n\(fact.value)", limit: Limit.fact))
        }
        return .object(["type": "section", "fields": .array(fields)])
    }

    private var error: JSON? {
        guard let errorText = summary.errorText, !errorText.isEmpty else { return nil }
        let text = SlackText.codeBlock(errorText, limit: Limit.section)
        return .object(["type": "section", "text": markdown(text)])
    }

    private var footer: JSON? {
        guard !summary.footer.isEmpty else { return nil }
        let text = SlackText.escaped(summary.footer, limit: Limit.footer)
        return .object(["type": "context", "elements": .array([markdown(text)])])
    }

    private func markdown(_ text: String) -> JSON {
        .object(["type": "mrkdwn", "text": .string(text)])
    }
}
