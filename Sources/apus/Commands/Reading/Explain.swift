import ArgumentParser
import Engine
import Glibc

/// What an exit code means, and what to do.
struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say what an exit code means and what to do next."
    )

    @Argument(help: "The code; without one, all of them.")
    var code: Int32?

    @Option(help: "text or json.")
    var format: ReadingFormat = .text

    func validate() throws {
        if let code, Engine.ExitCode(rawValue: code) == nil {
            throw ValidationError("Apus never ends with \(code). apus explain lists the codes.")
        }
    }

    func run() {
        let codes = Engine.ExitCode.allCases.filter { code == nil || $0.rawValue == code }
        switch format {
        case .json: show([encoded(codes.map(Entry.init))])
        case .text: show(codes.map(text))
        }
    }

    private func text(_ code: Engine.ExitCode) -> String {
        let facts = code.facts
        let retry = facts.retryHelps.map { $0 ? "yes" : "no" } ?? "maybe"
        let number = String(repeating: " ", count: 3 - "\(code.rawValue)".count) + "\(code.rawValue)"
        guard self.code != nil else {
            return "\(number)  \(facts.reason): \(facts.meaning); retry helps: \(retry)"
        }
        return """
            \(number)  \(facts.reason) (\(code.name))
            meaning      \(facts.meaning)
            database     \(facts.database.rawValue)
            retry helps  \(retry)
            next         \(facts.next)
            """
    }

    private struct Entry: Encodable {
        var code: Int32
        var name: String
        var reason: String
        var meaning: String
        var database: String
        var retryable: Bool
        var checks_only: Bool
        var next: String

        init(_ code: Engine.ExitCode) {
            let facts = code.facts
            self.code = code.rawValue
            name = code.name
            reason = facts.reason
            meaning = facts.meaning
            database = facts.database.rawValue
            retryable = code.isRetryable
            checks_only = code.isOfChecks
            next = facts.next
        }
    }
}
