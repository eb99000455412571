import Foundation

/// The built binary at work on a workplace.
final class Job {
    static let binary = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent(".build/debug/apus").path

    private let process = Process()
    private let output: String

    /// - Parameter user: Another user to run as; only root can.
    init(_ place: Workplace, _ arguments: [String], user: Int? = nil) throws {
        output = "\(place.folder)/output-\(UInt64.random(in: 0...UInt64.max))"
        _ = FileManager.default.createFile(atPath: output, contents: nil)
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
        let switching = user.map { ["setpriv", "--reuid=\($0)", "--regid=\($0)", "--clear-groups"] } ?? []
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = switching + [Self.binary] + arguments
        process.environment = [
            "PATH": "/usr/bin:/bin", "APUS_DATABASE_URL": place.url, "APUS_MIGRATIONS": place.migrations,
        ]
        process.currentDirectoryURL = URL(fileURLWithPath: place.folder)
        process.standardOutput = handle
        process.standardError = handle
        try process.run()
    }

    var pid: Int32 { process.processIdentifier }
    var isRunning: Bool { process.isRunning }

    /// What it has printed so far.
    var text: String { (try? String(contentsOfFile: output, encoding: .utf8)) ?? "" }

    func signal(_ number: Int32) { kill(pid, number) }

    /// Waits for the end; after two minutes it is killed, so that a test fails instead of waiting for ever.
    ///
    /// - Returns: The exit code, or the signal's number, negative.
    @discardableResult
    func end() -> Int32 {
        for _ in 0..<12_000 where isRunning { usleep(10_000) }
        if isRunning { signal(SIGKILL) }
        process.waitUntilExit()
        return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    }

    /// Waits until it has printed `word`.
    func until(_ word: String) {
        for _ in 0..<1000 where isRunning && !text.contains(word) { usleep(10_000) }
    }
}

extension Workplace {
    /// Runs a command to its end.
    @discardableResult
    func run(_ arguments: String...) throws -> (code: Int32, text: String) {
        let job = try Job(self, arguments)
        let code = job.end()
        return (code, job.text)
    }
}
