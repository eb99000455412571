import Foundation

/// The real psql, as an oracle for where statements end.
struct Psql {
    /// The server to ask, as APUS_TEST_DATABASE names it.
    static let database = ProcessInfo.processInfo.environment["APUS_TEST_DATABASE"]

    /// What psql sent to the server for each script: it is run once for all, and its log (`-L`) is read.
    static func statements(sentFor scripts: [String]) throws -> [[String]] {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("psql-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let log = directory.appendingPathComponent("log")
        var arguments = ["-X", "-q", "-d", database ?? "", "-o", "/dev/null", "-L", log.path]
        arguments += ["-c", "create temp table t (a text)"]
        for (number, script) in scripts.enumerated() {
            let file = directory.appendingPathComponent("\(number).sql")
            try Data(script.utf8).write(to: file)
            arguments += ["-c", end(of: number - 1), "-f", file.path]
        }
        try run(arguments + ["-c", end(of: scripts.count - 1)])
        return try queries(in: withoutCarriageReturns(Data(contentsOf: log)), scripts: scripts.count)
    }

    /// A query that marks the end of a script in the log.
    private static func end(of number: Int) -> String { "select 'end of \(number)'" }

    private static func run(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["psql"] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(["PGCLIENTENCODING": "UTF8"]) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
    }

    /// Swift takes CRLF for one character, in which no line feed is found.
    private static func withoutCarriageReturns(_ data: Data) -> String {
        String(decoding: data.filter { $0 != 0x0D }, as: UTF8.self)
    }

    private static func queries(in log: String, scripts: Int) -> [[String]] {
        var all = log.components(separatedBy: "********* QUERY **********\n")
            .map { $0.components(separatedBy: "\n**************************\n\n")[0] }[...]
        all = all.drop { $0 != end(of: -1) }.dropFirst()
        return (0..<scripts).map { number in
            let queries = all.prefix { $0 != end(of: number) }
            all = all.dropFirst(queries.count + 1)
            return Array(queries)
        }
    }
}
