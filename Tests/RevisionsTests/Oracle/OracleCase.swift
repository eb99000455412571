import FoundationEssentials
import Revisions

/// A question that was put to the real Alembic, and what it answered: one line that `Tests/oracle/generate.py` wrote.
struct OracleCase: Decodable {
    enum Command: String, Decodable {
        case upgrade, downgrade, stamp, history, resolve, current, graph
    }

    struct Listed: Decodable {
        let id: String
        let down: [String]
        let deps: [String]
        let labels: [String]
    }

    let name: String
    let revisions: [Listed]
    let rows: [String]
    let command: Command
    let targets: [String]
    let purge: Bool
    /// More than one where Alembic's depends on the order of a Python set.
    let answers: [OracleAnswer]

    private enum Key: CodingKey {
        case name, revisions, rows, command, target, purge, answers
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        name = try values.decode(String.self, forKey: .name)
        revisions = try values.decode([Listed].self, forKey: .revisions)
        rows = try values.decode([String].self, forKey: .rows)
        command = try values.decode(Command.self, forKey: .command)
        purge = try values.decodeIfPresent(Bool.self, forKey: .purge) ?? false
        answers = try values.decode([OracleAnswer].self, forKey: .answers)
        if let several = try? values.decode([String].self, forKey: .target) {
            targets = several
        } else {
            targets = try values.decodeIfPresent(String.self, forKey: .target).map { [$0] } ?? []
        }
    }

    /// The cases of a file, one on each line.
    static func read(_ path: String) throws -> [OracleCase] {
        let data = try Data(contentsOf: URL(filePath: path))
        let decoder = JSONDecoder()
        return try data.split(separator: UInt8(ascii: "\n")).map {
            try decoder.decode(OracleCase.self, from: $0)
        }
    }
}

/// What Alembic did.
struct OracleAnswer: Decodable, Equatable {
    struct Step: Decodable, Equatable {
        let revision: String?
        let rows: [String]
    }

    struct Facts: Decodable, Equatable {
        let heads: [String]
        let effectiveHeads: [String]
        let bases: [String]
        let branchPoints: [String]
        let mergePoints: [String]
    }

    var steps: [Step]?
    var rows: [String]?
    /// A walk past the end gives nil, one that ends at base the word.
    var revisions: [String?]?
    var facts: Facts?
    var labels: [String: [String]]?
    var error: Kind?
    var message: String?

    /// In which way it was refused.
    enum Kind: String, Decodable {
        /// The files make no history.
        case files
        /// Several heads where one is asked for.
        case heads
        /// Nothing, or nothing unambiguous, has that name.
        case unknown
        /// Not below, or not above, what it has to be.
        case range
        /// A walk that goes too far, or more than one way.
        case walk
        /// The text is not a target.
        case malformed
        /// A Python exception that nobody meant to show.
        case crash
    }

    /// The same, whatever the words of an error are.
    func agrees(with other: OracleAnswer) -> Bool {
        var silent = self
        silent.message = other.message
        return silent == other
    }
}
