import Glibc

/// Why a program could not be started, or why nobody knows how it ended.
package enum CommandError: Error, Hashable, Sendable {
    /// The list of arguments is empty.
    case noProgram
    /// No directory of `path`, the program's PATH, has it; nil when PATH is not set for it.
    case notFound(String, path: String?)
    /// There is no such file.
    case noSuchFile(String)
    /// It is there, but it is no regular file that we may execute.
    case notExecutable(String)
    /// The working directory is missing, or we may not enter it.
    case noSuchDirectory(String)
    /// An argument or a variable cannot be handed over, because a NUL byte is in it.
    case containsNUL(in: String)
    /// The kernel refused to start this file.
    case notStarted(String, errno: Int32)
    /// The kernel gave us no pipe.
    case noPipe(errno: Int32)
    /// The program ended, but something else in this process took its exit code.
    case endingLost(String)
}

extension CommandError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noProgram: "The command names no program."
        case .notFound(let name, nil): "The program \"\(name)\" was not found: PATH is not set for it."
        case .notFound(let name, let path?): "The program \"\(name)\" was not found in PATH (\(path))."
        case .noSuchFile(let path): "The program \(path) does not exist."
        case .notExecutable(let path): "\(path) is not a file that may be executed."
        case .noSuchDirectory(let path): "The working directory \(path) does not exist or may not be entered."
        case .containsNUL(let place): "There is a NUL byte in \(place)."
        case .notStarted(let path, ENOENT):
            "\(path) could not be started: the interpreter in its first line, or its loader, does not exist here."
        case .notStarted(let path, ENOEXEC):
            "\(path) could not be started: it is no program for this machine and has no #! line."
        case .notStarted(let path, let number): "\(path) could not be started: \(message(number))."
        case .noPipe(let number): "There is no pipe for the program's output: \(message(number))."
        case .endingLost(let name): "The program \"\(name)\" ended, but its exit code was lost."
        }
    }

    private func message(_ number: Int32) -> String {
        strerror(number).map { String(cString: $0) } ?? "error \(number)"
    }
}
