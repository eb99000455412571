import ArgumentParser
import Glibc
import Revisions
import Scripts

// What a shell offers for a target when Tab is pressed: read from the files each time, and nothing when they cannot be.
extension CompletionKind {
    /// The policies for a contradiction.
    static let policies = CompletionKind.list(["fail", "warn", "ok"])

    /// Revisions and labels, and words that mean some.
    static func revisions(and symbols: String...) -> CompletionKind {
        custom { words, _, _ in offered(symbols, words) }
    }

    /// `a:b`: the end once the colon stands there.
    static let ranges = custom { words, _, typed in
        let start = typed.firstIndex(of: ":").map { String(typed[...$0]) } ?? ""
        return offered(["head", "heads", "base", "current"], words, after: start)
    }

    private static func offered(_ symbols: [String], _ words: [String], after start: String = "") -> [String]
    {
        // bash evaluates what it is offered, so only what a shell takes for a plain word is.
        let candidates = symbols.map { Candidate(word: $0) } + revisions(of: words).filter(\.isPlain)
        let shell = unsafe getenv("SAP_SHELL").map { unsafe String(cString: $0) }
        return candidates.map { $0.line(for: shell, after: start) }
    }

    private static func revisions(of words: [String]) -> [Candidate] {
        let flags = [
            "config": value(of: "--config", in: words), "migrations": value(of: "--migrations", in: words),
        ]
        guard let configuration = try? Configuration.current(flags: [flags], readsDotEnv: true),
            let migrations = try? MigrationSet.read(from: configuration.migrationDirectories)
        else { return [] }
        let revisions = migrations.graph.revisions
        return revisions.flatMap(\.labels).map { Candidate(word: "\($0)@head") }
            + revisions.reversed().map { Candidate(word: $0.id.rawValue, title: migrations[$0.id]?.title) }
    }

    /// What stands behind an option so far. bash gives the "=" as a word of its own.
    private static func value(of option: String, in words: [String]) -> String? {
        guard let place = words.lastIndex(where: { $0 == option || $0.hasPrefix("\(option)=") }) else {
            return nil
        }
        guard words[place] == option else { return String(words[place].dropFirst(option.count + 1)) }
        return words[(place + 1)...].first { $0 != "=" }
    }
}

/// One line that a shell offers.
private struct Candidate {
    var word: String
    var title: String?

    var isPlain: Bool {
        word.allSatisfy { $0.isLetter || $0.isNumber || "_.@".contains($0) }
    }

    /// zsh shows what stands behind a colon, fish what stands behind a tab; bash shows words only.
    func line(for shell: String?, after start: String) -> String {
        let whole = start + word
        let title = title.map(harmless) ?? ""
        return switch shell {
        case "zsh": whole.replacing(":", with: "\\:") + (title.isEmpty ? "" : ":\(title)")
        case "fish": whole + (title.isEmpty ? "" : "\t\(title)")
        default: whole
        }
    }
}
