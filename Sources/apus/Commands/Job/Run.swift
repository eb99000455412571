import ArgumentParser
import Revisions

/// The container job.
struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Do the whole job: wait, lock, back up, apply, verify, report.",
        discussion: "Nothing pending is a quiet success. apus explain says what an exit code means."
    )

    @OptionGroup var options: JobOptions

    func run() throws { try Self.run(options.flags) }

    static func run(_ flags: [[String: String?]]) throws {
        try withSettings { () throws(SettingError) in
            let configuration = try Configuration.current(flags: flags, readsDotEnv: false)
            return try Job(configuration, target: .heads, waitTimeout: .seconds(60)).run()
        }
    }

    /// The flags of the command line of nearly every container, `run` or `run --migrations DIR`; nil for every other one.
    ///
    /// The parser would say the same, and takes longer for it than the server to accept a session.
    static func plainFlags(_ words: some Collection<String>) -> [[String: String?]]? {
        let words = Array(words)
        guard words.first == "run" else { return nil }
        if words.count == 1 { return [] }
        guard words.count == 3, words[1] == "--migrations", !words[2].hasPrefix("-") else { return nil }
        return [["migrations": words[2]]]
    }
}
