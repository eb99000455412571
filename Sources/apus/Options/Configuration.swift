import Engine
import Glibc
import Revisions
import SQLText

/// Where a setting's value comes from: the flag, else the environment, else `.env` in the working directory, else the
/// file `apus.yaml`.
struct Configuration: Sendable {
    private let flags: [String: String]
    private let environment: [String: String]
    private let dotEnv: [String: String]
    private var file: [String: Found] = [:]

    /// - Parameter flags: By the option's name without dashes.
    init(flags: [String: String?], environment: [String: String], dotEnv: [String: String]) {
        self.flags = flags.compactMapValues { $0 }
        self.environment = environment
        self.dotEnv = dotEnv
    }

    /// Adds what the configuration file says.
    ///
    /// - Throws: `SettingError`.
    mutating func readFile() throws(SettingError) {
        file = try ConfigurationFile(named: found("config")).values
    }

    /// A value and how its place is called in an error.
    struct Found: Sendable {
        let text: String
        let source: String
    }

    /// The value of `name`, such as `wait-timeout`, or nil.
    func found(_ name: String) -> Found? {
        if let text = flags[name] { return Found(text: text, source: "--\(name)") }
        return variable(variableName(name)) ?? file[name]
    }

    /// The names of all variables there are, whoever reads them.
    var variables: Set<String> { Set(environment.keys).union(dotEnv.keys) }

    /// The value of an environment variable, which an empty one has not.
    func variable(_ variable: String) -> Found? {
        if let text = environment[variable], !text.isEmpty { return Found(text: text, source: variable) }
        if let text = dotEnv[variable], !text.isEmpty {
            return Found(text: text, source: "\(variable) in .env")
        }
        return nil
    }

    func text(_ name: String) -> String? { found(name)?.text }

    /// The parts of a value between commas or line ends, so that a path may hold blanks.
    func list(_ name: String) -> [String] {
        text(name)?.split { $0 == "," || $0.isNewline }.map(String.init) ?? []
    }

    /// Whether the value was written on the command line, where every user of the machine can read it.
    func isOnCommandLine(_ name: String) -> Bool { flags[name] != nil }

    /// - Throws: `SettingError`.
    func isOn(_ name: String) throws(SettingError) -> Bool {
        try value(name, expected: "true or false") { text in
            switch text.lowercased() {
            case "true", "yes", "on", "1": true
            case "false", "no", "off", "0": false
            default: nil
            }
        } ?? false
    }

    /// - Throws: `SettingError`.
    func duration(_ name: String) throws(SettingError) -> Duration? {
        try value(name, expected: "a time such as 500ms, 30s, 5m, 1h or 0") { Duration(timeout: $0) }
    }

    /// - Throws: `SettingError`.
    func policy(_ name: String) throws(SettingError) -> Policy? {
        try value(name, expected: "fail, warn or ok") { Policy(rawValue: $0) }
    }

    /// - Throws: `SettingError` when the text is not what was expected.
    func value<Value>(
        _ name: String,
        expected: String,
        _ parse: (String) -> Value?
    ) throws(SettingError) -> Value? {
        guard let found = found(name) else { return nil }
        guard let value = parse(found.text) else { throw .malformed(found, expected: expected) }
        return value
    }

    /// A secret: its own variable, or the file that `…_FILE` names. The last line end of the file does not count.
    ///
    /// - Throws: `SettingError` when both are set, or the file cannot be read or is empty.
    func secret(_ name: String) throws(SettingError) -> String? {
        try secret(variable: variableName(name), beside: found(name))
    }

    func secret(variable name: String, beside direct: Found?) throws(SettingError) -> String? {
        guard let file = variable("\(name)_FILE") else { return direct?.text }
        if let direct, direct.source.hasPrefix(name) { throw .setTwice(direct.source, file.source) }
        if let direct, direct.source.hasPrefix("--") { return direct.text }
        return try SecretFile(path: file.text, source: file.source).read()
    }

    func variableName(_ name: String) -> String {
        "APUS_" + String(name.uppercased().map { $0 == "-" ? "_" : $0 })
    }
}

/// A setting that cannot be used. The value of a secret is never part of it.
enum SettingError: Error {
    case malformed(Configuration.Found, expected: String)
    case missing(String, how: String)
    case setTwice(String, String)
    case unreadableFile(String, source: String, errno: Int32, facts: String)
    case emptyFile(String, source: String)
    case conflict(String)
}

extension SettingError: CustomStringConvertible {
    var description: String {
        switch self {
        case .malformed(let found, let expected): "\(found.source): \"\(found.text)\" is not \(expected)."
        case .missing(let what, let how): "\(what) is not set. \(how)"
        case .setTwice(let one, let other): "\(one) and \(other) are both set. Keep one of them."
        case .unreadableFile(let path, let source, let number, let facts):
            unsafe "\(source): \(path) cannot be read: \(String(cString: strerror(number)))\(facts)."
        case .emptyFile(let path, let source): "\(source): \(path) is empty."
        case .conflict(let words): words
        }
    }
}
