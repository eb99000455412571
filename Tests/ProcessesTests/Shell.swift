import Glibc
import TestSupport
import Waiting

@testable import Processes

let path = "/usr/local/bin:/usr/bin:/bin"

/// A shell that runs `script`.
func shell(_ script: String, timeout: Duration = .seconds(20), killAfter: Duration = .seconds(5)) -> Command {
    Command(
        ["/bin/sh", "-c", script],
        environment: ["PATH": path],
        timeout: timeout,
        killAfter: killAfter
    )
}

extension Command {
    /// Runs the command where only its completion matters.
    func run(or interruption: Interruption = .none) throws(CommandError) -> Completion {
        try run(or: interruption) { _ in }
    }
}

extension Completion {
    /// Standard output without the spaces and line ends around it.
    var text: String {
        var text = String(decoding: standardOutput, as: UTF8.self)[...]
        while text.last?.isWhitespace == true { text.removeLast() }
        while text.first?.isWhitespace == true { text.removeFirst() }
        return String(text)
    }
}

/// Whether a process is there and is more than a zombie, which only waits for whoever adopted it.
func isAlive(_ process: String) -> Bool {
    guard let file = fopen("/proc/\(process)/stat", "r") else { return false }
    defer { fclose(file) }
    var buffer = [UInt8](repeating: 0, count: 512)
    let count = fread(&buffer, 1, buffer.count, file)
    let facts = String(decoding: buffer[..<count], as: UTF8.self)
    return !facts.isEmpty && !facts.contains(") Z ")
}

/// Runs `body` with a new, empty folder, which is removed afterwards.
func withFolder(_ body: (String) throws -> Void) throws {
    var template = Array("/tmp/apus-processes.XXXXXX".utf8CString)
    let made = mkdtemp(&template)
    let folder = made.map { String(cString: $0) } ?? ""
    precondition(!folder.isEmpty, "no temporary folder: errno \(errno)")
    defer { _ = try? Command(["/bin/rm", "-rf", folder], environment: [:], timeout: .seconds(5)).run() }
    try body(folder)
}

/// Writes a file, with these permissions.
func write(_ text: String, to path: String, mode: mode_t) {
    guard let file = fopen(path, "w") else { preconditionFailure("cannot write \(path)") }
    fputs(text, file)
    fclose(file)
    chmod(path, mode)
    untilNobodyWrites(path)
}
