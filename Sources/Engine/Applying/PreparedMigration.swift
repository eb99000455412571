import Revisions
import SQLText
import Scripts

/// A migration about which everything is decided: read, split and checked before the first statement of the run.
struct PreparedMigration {
    /// What goes to the database as a whole.
    enum Unit {
        /// Statements in one transaction; `begin` is the file's own opening, when it has one.
        case transaction([Statement], begin: Statement?, SectionOptions)
        /// One statement outside a transaction.
        case single(Statement, SectionOptions)
    }

    let migration: Migration
    let direction: Plan.Direction
    let text: SourceText
    let units: [Unit]

    var id: Revision.ID { migration.revision.id }
    var file: String { migration.file(direction.section).path }

    /// Whether the migration and its record fit into one transaction.
    var isTransactional: Bool {
        guard units.count <= 1 else { return false }
        return units.allSatisfy(\.isTransaction)
    }

    /// Every statement, in order.
    let statements: [Statement]

    /// What identifies the statements done so far, so that it can be seen later whether they were edited.
    ///
    /// - Parameter previous: The same for the statements before; empty at the start.
    func checksum(of statements: some Sequence<Statement>, after previous: String = "") -> String {
        statements.reduce(previous) { Checksum.of(Array($0.utf8) + text.bytes[$1.range]) }
    }
}

extension PreparedMigration.Unit {
    var isTransaction: Bool {
        if case .transaction = self { true } else { false }
    }

    var statements: [Statement] {
        switch self {
        case .transaction(let statements, _, _): statements
        case .single(let statement, _): [statement]
        }
    }
}

extension PreparedMigration {
    /// - Throws: `ScriptError` with the place in the file.
    init(
        _ migration: Migration,
        _ direction: Plan.Direction = .up,
        in dialect: Dialect = .postgreSQL
    ) throws(ScriptError) {
        let script = try migration.script(direction.section, in: dialect)
        let file = migration.file(direction.section).path
        var units: [Unit] = []
        for section in try migration.sections(direction.section, of: script) {
            let new = try Self.units(of: section, in: script, file: file)
            if let merged = Self.merged(units.last, new) {
                units[units.count - 1] = merged
            } else {
                units += new
            }
        }
        self.migration = migration
        self.direction = direction
        self.units = units
        statements = units.flatMap(\.statements)
        text = script.text
    }

    private static func units(
        of section: Section,
        in script: Script,
        file: String
    ) throws(ScriptError) -> [Unit] {
        let statements = try split(section, of: script, file: file)
        let options = section.options
        switch (options.transaction ?? script.hasMarkers, TransactionWrapping(of: statements)) {
        case (true, .none):
            return [.transaction(statements, begin: nil, options)]
        case (true, .wrapped(let begin, let body)):
            return [.transaction(body, begin: begin, options)]
        case (true, .scattered(let first)):
            throw .transactionControl(first, in: script.text, file: file)
        case (false, let control):
            guard options.transaction == nil else { return loose(statements, options) }
            return unmarked(statements, control, options)
        }
    }

    /// A file without markers promises nothing about transactions: it gets one whenever it can run in one, and runs the way
    /// psql would run it when it cannot.
    private static func unmarked(
        _ statements: [Statement],
        _ control: TransactionWrapping,
        _ options: SectionOptions
    ) -> [Unit] {
        switch control {
        case .none where statements.allSatisfy(\.canShareTransaction):
            [.transaction(statements, begin: nil, options)]
        case .wrapped(let begin, let body):
            [.transaction(body, begin: begin, options)]
        case .none, .scattered:
            loose(statements, options)
        }
    }

    /// Statements one by one, except that a transaction which the file itself opens and commits stays together.
    private static func loose(_ statements: [Statement], _ options: SectionOptions) -> [Unit] {
        var units: [Unit] = []
        var rest = statements[...]
        while let first = rest.first {
            if first.kind == .begin, let end = rest.firstIndex(where: { $0.kind == .commit }),
                case .wrapped(let begin, let body) = TransactionWrapping(of: Array(rest[...end]))
            {
                units.append(.transaction(body, begin: begin, options))
                rest = rest[(end + 1)...]
            } else {
                units.append(.single(first, options))
                rest = rest.dropFirst()
            }
        }
        return units
    }

    private static func split(
        _ section: Section,
        of script: Script,
        file: String
    ) throws(ScriptError) -> [Statement] {
        do throws(SQLTextError) {
            return try StatementSplitter.split(script.text, in: section.range)
        } catch {
            throw .text(error, file: file)
        }
    }

    /// Two sections in a row that both want a transaction of the same kind get one together, so that the revision is
    /// applied whole or not at all.
    private static func merged(_ last: Unit?, _ new: [Unit]) -> Unit? {
        guard case .transaction(let before, nil, let options)? = last, new.count == 1,
            case .transaction(let after, nil, options) = new[0]
        else { return nil }
        return .transaction(before + after, begin: nil, options)
    }
}

extension Plan.Direction {
    /// The sections of a file that lead this way.
    var section: Direction { self == .up ? .up : .down }
}

extension Statement {
    /// Whether PostgreSQL runs it in a transaction together with others, as far as its first words tell.
    fileprivate var canShareTransaction: Bool {
        switch kind {
        case .createIndexConcurrently, .dropIndexConcurrently, .notInTransaction, .alterTypeAddValue: false
        default: true
        }
    }
}

extension ScriptError {
    fileprivate static func transactionControl(_ statement: Statement, in text: SourceText, file: String)
        -> ScriptError
    {
        let position = text.position(of: statement.range.lowerBound)
        return .transactionControl(
            file: file,
            line: position.line,
            column: position.column,
            statement: text.string(in: statement.range).split(separator: "\n").first.map(String.init) ?? ""
        )
    }
}
