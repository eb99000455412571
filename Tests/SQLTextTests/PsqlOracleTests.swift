import Testing

@testable import SQLText

@Suite(.enabled(if: Psql.database != nil, "set APUS_TEST_DATABASE to compare with psql"))
struct PsqlOracleTests {
    @Test func `psql cuts the table's scripts in the same places`() throws {
        try expectAgreement(on: splittingCases.map(\.sql))
    }

    @Test(arguments: 0..<4 as Range<UInt64>)
    func `psql cuts random scripts in the same places`(seed: UInt64) throws {
        var soup = TokenSoup(seed: seed)
        try expectAgreement(on: (0..<400).map { _ in soup.next() })
    }

    @Test func `psql takes the same rows from the script`() throws {
        try expectAgreement(on: [
            "copy t from stdin;\n';\n\\.\nselect 1;",
            "copy t (a) FROM STDIN with (format csv); -- c\n'\n\\.\nselect ';';",
            "/* c */ COPY\nt\nfrom\nstdin\n;\r\n--\r\n\\.\r\nselect 1",
            "copy t to stdout;\nselect 1;",
            "copy (select 'from stdin;') to stdout; select 1;",
        ])
    }

    /// Scripts that do not lex are left out: there psql sends what it has.
    private func expectAgreement(on scripts: [String]) throws {
        let ours = scripts.compactMap { script in
            (try? statements(in: script)).map { (script: script, statements: $0) }
        }
        #expect(ours.count * 5 > scripts.count, "most scripts do not lex, so there is little to compare")
        let theirs = try Psql.statements(sentFor: ours.map(\.script))
        for (mine, sent) in zip(ours, theirs) {
            let said = sent.compactMap(SentStatement.init)
            let agrees =
                said.count == mine.statements.count && zip(said, mine.statements).allSatisfy { $0.says($1) }
            #expect(agrees, "\(mine.script.debugDescription): we read \(mine.statements), psql sent \(sent)")
        }
    }
}
