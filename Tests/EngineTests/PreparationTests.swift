import Revisions
import Testing

@testable import Engine
@testable import Scripts

/// How a file becomes units, before anything is sent.
@Suite struct PreparationTests {
    private func prepare(_ text: String) throws -> PreparedMigration {
        let file = SourceFile(path: "m/1_a.sql", bytes: Array(text.utf8))
        return try PreparedMigration(#require(try MigrationSet(Layout([file]))["1"]))
    }

    /// `T3` is a transaction of three statements, `B2` one that the file opens itself, `S` a statement alone.
    private func units(_ text: String) throws -> String {
        try prepare(text).units.map { unit in
            switch unit {
            case .transaction(let statements, nil, _): "T\(statements.count)"
            case .transaction(let statements, _, _): "B\(statements.count)"
            case .single: "S"
            }
        }.joined(separator: " ")
    }

    private static let up = "-- migrate:up\n"
    private static let loose = "-- migrate:up transaction:false\n"

    private static let cases: [(String, String)] = [
        ("", "T0"), ("SELECT 1; SELECT 2", "T2"), ("BEGIN; SELECT 1; COMMIT;", "B1"),
        ("BEGIN; SELECT 1; COMMIT; BEGIN; SELECT 2; SELECT 3; END;", "B1 B2"),
        ("BEGIN; SELECT 1; COMMIT; SELECT 2;", "B1 S"), ("SELECT 1; BEGIN; SELECT 2; COMMIT", "S B1"),
        ("BEGIN; SELECT 1; ROLLBACK; SELECT 2;", "S S S S"), ("BEGIN; SELECT 1;", "S S"), ("COMMIT;", "S"),
        ("CREATE TABLE a (); VACUUM a;", "S S"), ("CREATE INDEX CONCURRENTLY i ON a (b);", "S"),
        ("ALTER TYPE t ADD VALUE 'x'; SELECT 1;", "S S"), ("SAVEPOINT s; ROLLBACK TO s; RELEASE s;", "T3"),
        ("\(up)", "T0"), ("\(up)SELECT 1; SELECT 2;", "T2"), ("\(up)BEGIN; SELECT 1; COMMIT;", "B1"),
        ("\(up)CREATE INDEX CONCURRENTLY i ON a (b);", "T1"), ("\(loose)", ""),
        ("\(loose)SELECT 1; SELECT 2;", "S S"),
        ("\(loose)BEGIN; SELECT 1; SELECT 2; COMMIT; VACUUM;", "B2 S"),
        ("\(up)SELECT 1;\n\(up)SELECT 2;", "T2"),
        ("\(up)SELECT 1;\n\(loose)VACUUM;\n\(up)SELECT 2;", "T1 S T1"),
        ("\(up)SELECT 1;\n-- migrate:up lock_timeout:1s\nSELECT 2;", "T1 T1"),
        ("\(up)SELECT 1;\n-- migrate:down\nSELECT 2;\nCOMMIT;", "T1"),
        ("BEGIN; BEGIN; SELECT 1; COMMIT;", "S B1"),
        ("START TRANSACTION; SELECT 1; COMMIT AND CHAIN; COMMIT", "S S S S"),
    ]

    @Test(arguments: cases)
    func `a file becomes units`(text: String, expected: String) throws {
        #expect(try units(text) == expected)
    }

    private static let broken: [String] = [
        "\(up)COMMIT;", "\(up)SELECT 1;\nROLLBACK;\nSELECT 2;", "\(up)BEGIN;\nSELECT 1;",
        "\(up)COMMIT AND CHAIN;",
        "\(up)BEGIN; SELECT 1; COMMIT; BEGIN; SELECT 1; COMMIT;",
    ]

    @Test(arguments: broken)
    func `a section that promised one transaction may not end it`(text: String) {
        #expect(throws: ScriptError.self) { try prepare(text) }
    }

    @Test func `one unit and its record fit into one transaction, more do not`() throws {
        #expect(try prepare("SELECT 1").isTransactional)
        #expect(try prepare("BEGIN; SELECT 1; COMMIT").isTransactional)
        #expect(try prepare(PreparationTests.loose).isTransactional)
        #expect(try !prepare("VACUUM").isTransactional)
        #expect(try !prepare("BEGIN; SELECT 1; COMMIT; BEGIN; SELECT 2; COMMIT").isTransactional)
    }

    @Test func `the checksum of what is done changes with any statement of it, and with nothing else`() throws
    {
        func sum(_ text: String, _ count: Int) throws -> String {
            let migration = try prepare(PreparationTests.loose + text)
            return migration.checksum(of: migration.statements.prefix(count))
        }
        let two = try sum("SELECT 1;\nSELECT 2;", 2)
        #expect(try sum("SELECT 1;\n\n-- words\nSELECT 2;\nSELECT 3;", 2) == two)
        #expect(try sum("SELECT 1;\nSELECT 3;", 2) != two)
        #expect(try sum("SELECT 1;\nSELECT 2;", 1) != two)
        #expect(try sum("SELECT 0;\nSELECT 2;", 2) != two)
    }
}
