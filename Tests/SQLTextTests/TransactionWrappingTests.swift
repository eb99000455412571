import Testing

@testable import SQLText

@Suite struct TransactionWrappingTests {
    private func wrapping(of sql: String) throws -> (TransactionWrapping, [Statement]) {
        let text = SourceText(Array(sql.utf8))
        let statements = try StatementSplitter.split(text, in: 0..<text.bytes.count)
        return (TransactionWrapping(of: statements), statements)
    }

    @Test(arguments: ["", "a; b", "savepoint a; b; rollback to a; release a"])
    func `a script may leave transactions to the runner`(sql: String) throws {
        let (wrapping, _) = try wrapping(of: sql)
        #expect(wrapping == .none)
    }

    @Test(arguments: [
        "begin; commit", "start transaction; a; b; end", "begin; savepoint a; b; rollback to a; commit;",
    ])
    func `a script may bring its own transaction`(sql: String) throws {
        let (wrapping, statements) = try wrapping(of: sql)
        #expect(wrapping == .wrapped(begin: statements[0], body: Array(statements.dropFirst().dropLast())))
    }

    @Test(arguments: [
        ("begin", 0), ("begin; a", 0), ("begin; a; rollback", 0), ("a; begin; b; commit", 1),
        ("a; commit; b", 1),
        ("begin; a; commit; begin; b; commit", 2), ("begin; a; commit and chain", 0), ("commit", 0),
        ("begin; a; commit; b", 0), ("begin; prepare transaction 'a'; commit", 1),
    ])
    func `the first statement that scatters transactions is found`(sql: String, offender: Int) throws {
        let (wrapping, statements) = try wrapping(of: sql)
        #expect(wrapping == .scattered(statements[offender]))
    }
}
