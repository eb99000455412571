import Engine
import Processes
import Scripts

/// Why a command that writes files did not do it, or what went wrong afterwards.
enum WritingFailure: Error {
    case setting(SettingError)
    case draft(DraftError)
    /// Files that could be read before the edit, and cannot any more.
    case broken(ScriptError)
    /// A program that was run with a file, and how it ended.
    case program(String, Completion.Ending)
    case notStarted(CommandError, source: String)
    /// SIGINT or SIGTERM.
    case interrupted(signal: Int32)

    var exitCode: Engine.ExitCode {
        switch self {
        case .setting, .notStarted: .configuration
        case .draft(.scripts(let error)), .broken(let error): Failure.scripts(error).exitCode
        case .draft(let error):
            switch error.fault {
            case .request: .usage
            case .file: .badMigration
            case .system: .error
            }
        case .program: .error
        case .interrupted(let signal): Failure.interrupted(signal: signal).exitCode
        }
    }
}

extension WritingFailure: CustomStringConvertible {
    var description: String {
        switch self {
        case .setting(let error): error.description
        case .draft(let error): error.description
        case .broken(let error): "saved, but \(error)"
        case .program(let name, let ending): "\(name) \(Self.words(for: ending)). The file is kept."
        case .notStarted(let error, let source): "\(source): \(error)"
        case .interrupted(let signal):
            "ended by \(signal == 2 ? "SIGINT" : "SIGTERM"). The file is kept."
        }
    }

    private static func words(for ending: Completion.Ending) -> String {
        switch ending {
        case .exited(let code): "ended with code \(code)"
        case .signaled(let number): "was ended by signal \(number)"
        case .timedOut: "took too long, and was ended"
        case .interrupted: "was interrupted"
        }
    }
}

/// Runs what may fail because of a setting.
func setting<R>(_ body: () throws(SettingError) -> R) throws(WritingFailure) -> R {
    do throws(SettingError) {
        return try body()
    } catch {
        throw .setting(error)
    }
}

/// Runs what may fail because of the files, or of what is asked for.
func drafting<R>(_ body: () throws(DraftError) -> R) throws(WritingFailure) -> R {
    do throws(DraftError) {
        return try body()
    } catch {
        throw .draft(error)
    }
}
