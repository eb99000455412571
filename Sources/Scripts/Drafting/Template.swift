import Glibc

/// The text of a new file, with placeholders.
package struct Template: Sendable, Hashable {
    /// What is known of a new revision, by the name it has in a template.
    enum Placeholder: String, CaseIterable {
        case message, revision, revises
        case createDate = "create_date"
        case branchLabels = "branch_labels"
        case dependsOn = "depends_on"

        /// Whether a line that would name nothing is left out.
        var isOptional: Bool { self == .branchLabels || self == .dependsOn }
    }

    private enum Piece: Hashable {
        case text(String)
        case placeholder(Placeholder)
    }

    /// The file it comes from; nil when it is built in.
    let path: String?
    private let lines: [[Piece]]

    private init(_ lines: [[Piece]], path: String?) {
        self.lines = lines
        self.path = path
    }

    /// A text of our own, in which every placeholder is one.
    init(builtIn text: String) {
        self.init(Self.lines(of: text).map { Self.pieces(of: $0).known }, path: nil)
    }

    /// - Throws: `DraftError.unknownPlaceholder`, or `.scripts` for a file that cannot be read.
    package static func read(_ path: String) throws(DraftError) -> Template {
        let bytes: [UInt8]?
        do throws(ReadError) {
            var reader = FileReader(folder: AT_FDCWD)
            bytes = try reader.bytes(of: path)
        } catch {
            throw .scripts(.unreadable(path, errno: error.errno))
        }
        guard let bytes else { throw .scripts(.unreadable(path, errno: EISDIR)) }
        var lines: [[Piece]] = []
        for line in Self.lines(of: String(decoding: bytes, as: UTF8.self)) {
            let (known, unknown) = pieces(of: line)
            lines.append(known)
            if let unknown { throw .unknownPlaceholder(unknown, place: "\(path):\(lines.count)") }
        }
        return Template(lines, path: path)
    }

    /// The text with the values of a revision. A line with the message is repeated for each of its lines.
    func text(_ values: [Placeholder: [String]]) -> String {
        lines.flatMap { line in
            let named = line.compactMap { if case .placeholder(let name) = $0 { name } else { nil } }
            guard !named.isEmpty else { return [Self.filled(line, values)] }
            guard !named.contains(where: { $0.isOptional && values[$0]?.isEmpty != false }) else { return [] }
            let repeated = named.contains(.message) ? values[.message] ?? [] : [""]
            return repeated.map { Self.trimmed(Self.filled(line, values.merging([.message: [$0]]) { $1 })) }
        }.joined(separator: "\n")
    }

    private static func filled(_ line: [Piece], _ values: [Placeholder: [String]]) -> String {
        line.map { piece in
            switch piece {
            case .text(let text): text
            case .placeholder(let name): (values[name] ?? []).joined(separator: ", ")
            }
        }.joined()
    }

    private static func trimmed(_ line: String) -> String {
        var line = line[...]
        while line.last?.isWhitespace == true { line.removeLast() }
        return String(line)
    }

    private static func lines(of text: String) -> [Substring] {
        text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    }

    /// - Returns: What a line is made of, up to the first name that is no placeholder.
    private static func pieces(of line: Substring) -> (known: [Piece], unknown: String?) {
        var pieces: [Piece] = []
        var rest = line
        while let open = rest.firstRange(of: "${"), let close = rest[open.upperBound...].firstIndex(of: "}") {
            let name = String(rest[open.upperBound..<close])
            guard let placeholder = Placeholder(rawValue: name) else { return (pieces, name) }
            pieces += [.text(String(rest[..<open.lowerBound])), .placeholder(placeholder)]
            rest = rest[close...].dropFirst()
        }
        return (pieces + [.text(String(rest))], nil)
    }
}
