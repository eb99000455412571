import Database
import Revisions
import Testing

@testable import Engine
@testable import Ledgers
@testable import Scripts

/// What files and ledger say of each other, without either.
@Suite struct IntegrityTests {
    private func files(_ names: String...) throws -> MigrationSet {
        let files = names.map { SourceFile(path: "m/\($0)_x.sql", bytes: Array("-- \($0)".utf8)) }
        return try MigrationSet(Layout(files))
    }

    private func ledger(_ names: String..., state: LedgerEntry.State = .applied, edited: String = "")
        -> LedgerContents
    {
        let entries = names.map { name in
            LedgerEntry(
                revision: Revision.ID(rawValue: name),
                state: state,
                checksum: Checksum.of(Array("-- \(name == edited ? "other" : name)".utf8)),
                description: "",
                appliedAt: "",
                executionMilliseconds: 0,
                runID: "",
                statementsDone: 0
            )
        }
        return LedgerContents(journal: entries)
    }

    @Test func `an agreement has no findings, however far it goes`() throws {
        let files = try files("1", "2", "3")
        #expect(integrityFindings(of: files, against: LedgerContents(journal: [])).isEmpty)
        #expect(integrityFindings(of: files, against: ledger("1", "2")).isEmpty)
        #expect(integrityFindings(of: files, against: ledger("1", "2", "3")).isEmpty)
    }

    @Test func `each contradiction has its name`() throws {
        let files = try files("1", "2", "3")
        #expect(
            integrityFindings(of: files, against: ledger("1", "2", edited: "2")) == [
                .edited("2", file: "m/2_x.sql")
            ]
        )
        #expect(integrityFindings(of: files, against: ledger("0", "1")) == [.missing("0")])
        #expect(
            integrityFindings(of: files, against: ledger("1", "3")) == [.outOfOrder("2", file: "m/2_x.sql")]
        )
        #expect(
            integrityFindings(of: files, against: ledger("1", "2", "3", "4", "5")) == [
                .ahead("4"), .ahead("5"),
            ]
        )
    }

    @Test func `as many applied revisions as files do not make an agreement`() throws {
        let files = try files("1", "2", "3")
        let late = IntegrityFinding.outOfOrder("2", file: "m/2_x.sql")
        #expect(
            integrityFindings(of: files, against: ledger("1", "2", "3", edited: "2")) == [
                .edited("2", file: "m/2_x.sql")
            ]
        )
        #expect(integrityFindings(of: files, against: ledger("1", "3", "4")) == [.ahead("4"), late])
        #expect(integrityFindings(of: files, against: ledger("0", "1", "3")) == [.missing("0"), late])
    }

    @Test func `what was applied under a number that two files have now is neither missing nor ahead`() throws
    {
        let files = [("2_cents", "a"), ("2_c", "b"), ("3_d", "c")].map { name, text in
            SourceFile(path: "m/\(name).sql", bytes: Array("-- \(text)".utf8))
        }
        let set = try MigrationSet(Layout(files))
        let found = integrityFindings(of: set, against: ledger("2"))
        #expect(found == [.renamed("2", files: ["m/2_c.sql", "m/2_cents.sql"])])
        #expect(Failure.integrity(found).exitCode == .integrity)
        var lenient = Settings(
            database: { () throws(DatabaseError) in throw DatabaseError(.configuration, "none") },
            migrations: []
        )
        (lenient.onMissing, lenient.onAhead) = (.ok, .ok)
        #expect(found.allSatisfy { lenient.policy(for: $0) == .fail })
    }

    @Test func `a ledger without any known revision belongs to other files, not to newer ones`() throws {
        #expect(
            integrityFindings(of: try files("1"), against: ledger("8", "9")) == [
                .missing("8"), .missing("9"),
            ]
        )
    }

    @Test func `what is half applied is no contradiction`() throws {
        #expect(integrityFindings(of: try files("1", "2"), against: ledger("2", state: .running)).isEmpty)
    }

    @Test func `only a database that is ahead and nothing else ends with 8`() {
        #expect(Failure.integrity([.ahead("4")]).exitCode == .ahead)
        #expect(Failure.integrity([.ahead("4"), .missing("0")]).exitCode == .integrity)
    }
}
