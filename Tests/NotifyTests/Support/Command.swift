import Foundation

/// A program beside the tests: an independent judge, or a server of another make.
enum Command {
    /// Runs the program to its end and returns what it wrote.
    static func output(of program: String, _ arguments: [String], input: [UInt8] = []) throws -> String {
        let (process, output) = try start(program, arguments, input: input)
        let data = output.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(program: program, arguments: arguments) }
        return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Starts the program and leaves it running.
    static func start(
        _ program: String,
        _ arguments: [String],
        input: [UInt8] = []
    ) throws -> (Process, FileHandle) {
        let process = Process()
        let (output, feed) = (Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        process.standardInput = feed
        try process.run()
        try feed.fileHandleForWriting.write(contentsOf: Data(input))
        try feed.fileHandleForWriting.close()
        return (process, output.fileHandleForReading)
    }

    struct Failure: Error {
        let program: String
        let arguments: [String]
    }
}
