import Database
import Ledgers
import Revisions
import SQLText
import Scripts
import Waiting

/// A plan as one script that the database's own shell runs to the same state: `--sql`.
///
/// Pure: it is made from steps about which everything is decided, and a database is not asked.
struct MigrationScript {
    private let ledger: any LedgerStatements
    private let product: Product
    private(set) var bytes: [UInt8] = []

    init(
        _ steps: [Step],
        creating isNew: Bool,
        _ ledger: any LedgerStatements,
        for product: Product
    ) throws(Failure) {
        self.ledger = ledger
        self.product = product
        if product == .sqlite { write("PRAGMA foreign_keys = OFF;\n\n") }
        if isNew { for statement in ledger.creation { write("\(statement);\n\n") } }
        for step in steps { try append(step) }
    }

    /// A script that only says what is applied.
    init(_ stamp: LedgerStamp, creating isNew: Bool, _ ledger: any LedgerStatements, for product: Product) {
        self.ledger = ledger
        self.product = product
        if isNew { for statement in ledger.creation { write("\(statement);\n\n") } }
        let statements = ledger.stamped(stamp)
        if !statements.isEmpty { write((["BEGIN"] + statements + ["COMMIT"]).map { "\($0);\n" }.joined()) }
    }

    private mutating func append(_ step: Step) throws(Failure) {
        let migration = step.migration
        try checkDirectives(of: migration)
        let words = migration.direction == .up ? "upgrade to" : "downgrade of"
        write(
            "-- \(onOneLine("\(words) \(migration.id): \(migration.migration.title) (\(migration.file))"))\n\n"
        )
        let records = ledger.done(step.record)
        if migration.isTransactional {
            let unit = migration.units.first ?? .transaction([], begin: nil, SectionOptions())
            append(unit, of: migration, recording: records)
        } else {
            for unit in migration.units { append(unit, of: migration, recording: []) }
            resetRole(after: migration)
            write((["BEGIN"] + records + ["COMMIT"]).map { "\($0);\n" }.joined())
        }
        if product == .postgreSQL {
            if isTouching(["set"], migration) { write("RESET ALL;\n") }
            if isTouching(["temp"], migration) { write("DISCARD TEMP;\n") }
        }
        write("\n")
    }

    private mutating func append(
        _ unit: PreparedMigration.Unit,
        of migration: PreparedMigration,
        recording records: [String]
    ) {
        switch unit {
        case .single(let statement, let options):
            for (name, value) in limits(options) { write("SET \(name) = '\(value)';\n") }
            append(statement, of: migration.text)
            for (name, _) in limits(options) { write("RESET \(name);\n") }
        case .transaction(let statements, let begin, let options):
            write("\(begin.map { migration.text.string(in: $0.range) } ?? "BEGIN");\n")
            for (name, value) in limits(options) { write("SET LOCAL \(name) = '\(value)';\n") }
            for statement in statements { append(statement, of: migration.text) }
            resetRole(after: migration)
            for record in records { write("\(record);\n") }
            write("COMMIT;\n")
        }
    }

    private mutating func append(_ statement: Statement, of text: SourceText) {
        bytes += text.bytes[statement.range]
        write(";\n")
        guard let rows = statement.copyData else { return }
        bytes += text.bytes[rows]
        if bytes.last != UInt8(ascii: "\n") { write("\n") }
        write("\\.\n")
    }

    /// What records a migration must not run as somebody else.
    private mutating func resetRole(after migration: PreparedMigration) {
        guard product == .postgreSQL, isTouching(["role", "authorization"], migration) else { return }
        write("RESET SESSION AUTHORIZATION;\nRESET ROLE;\n")
    }

    /// What the section's marker asks for.
    private func limits(_ options: SectionOptions) -> [(name: String, value: String)] {
        guard product == .postgreSQL else { return [] }
        return [("lock_timeout", options.lockTimeout), ("statement_timeout", options.statementTimeout)]
            .compactMap { name, limit in limit.map { (name, "\($0.milliseconds)ms") } }
    }

    /// A directive is carried out by looking at the table as it is.
    private func checkDirectives(of migration: PreparedMigration) throws(Failure) {
        let directive = migration.statements.first {
            migration.text.bytes[$0.range].starts(with: Array("--".utf8))
        }
        guard product == .sqlite, let directive else { return }
        let position = migration.text.position(of: directive.range.lowerBound)
        throw .offlineDirective(file: migration.file, line: position.line)
    }

    private func isTouching(_ words: [String], _ migration: PreparedMigration) -> Bool {
        migration.statements.contains { statement in
            let text = migration.text.string(in: statement.range).lowercased()
            return words.contains { text.contains($0) }
        }
    }

    private func onOneLine(_ text: String) -> String {
        String(text.map { $0.isNewline ? " " : $0 })
    }

    private mutating func write(_ text: String) { bytes += Array(text.utf8) }
}
