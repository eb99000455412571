import Glibc
import Processes
import Waiting

/// A program that is run with each new file, such as a formatter. It is the developer's own, and has their environment.
struct PostWriteHook {
    private let arguments: [String]
    private let environment: [String: String]
    private let source: String

    /// A formatter that takes longer than this hangs.
    private static let timeout: Duration = .seconds(300)

    /// What the settings name, one a line, in this order.
    ///
    /// - Throws: `SettingError`.
    static func all(_ configuration: Configuration) throws(SettingError) -> [PostWriteHook] {
        guard let found = configuration.found("post-write") else { return [] }
        var hooks: [PostWriteHook] = []
        for line in found.text.split(whereSeparator: \.isNewline) {
            let command = Configuration.Found(text: String(line), source: found.source)
            hooks.append(
                PostWriteHook(
                    arguments: try command.arguments(),
                    environment: processEnvironment(),
                    source: found.source
                )
            )
        }
        return hooks.filter { !$0.arguments.isEmpty }
    }

    /// Runs it once for each file. What it prints goes to standard error: standard output is for the paths.
    func run(on paths: [String]) throws(WritingFailure) {
        for path in paths { try run(on: path) }
    }

    private func run(on path: String) throws(WritingFailure) {
        let command = Command(filled(with: path), environment: environment, timeout: Self.timeout)
        let completion: Completion
        do throws(CommandError) {
            completion = try command.run(or: Apus.interruption) { write("\($0)\n", to: STDERR_FILENO) }
        } catch {
            throw .notStarted(error, source: source)
        }
        write(String(decoding: completion.standardOutput, as: UTF8.self), to: STDERR_FILENO)
        if let signal = Apus.interruption.signal { throw .interrupted(signal: signal) }
        guard completion.ending == .exited(0) else {
            throw .program("the post-write hook \"\(arguments.joined(separator: " "))\"", completion.ending)
        }
    }

    /// `{}` is the file; without one it comes last.
    private func filled(with path: String) -> [String] {
        guard arguments.contains(where: { $0.contains("{}") }) else { return arguments + [path] }
        return arguments.map { $0.replacing("{}", with: path) }
    }
}
