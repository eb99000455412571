import Testing

@testable import SQLText

@Suite struct StatementKindTests {
    @Test(arguments: [
        ("begin", StatementKind.begin), ("BEGIN WORK", .begin),
        ("begin isolation level serializable", .begin),
        ("start transaction read only", .begin), ("start", .other),
        ("commit", .commit), ("END TRANSACTION", .commit), ("commit and no chain", .commit),
        ("commit and chain", .otherTransactionControl), ("end work and chain", .otherTransactionControl),
        ("rollback", .rollback), ("abort work", .rollback), ("rollback and chain", .otherTransactionControl),
        ("rollback to a", .savepoint), ("rollback work to savepoint a", .savepoint),
        ("savepoint a", .savepoint),
        ("release a", .savepoint), ("release savepoint a", .savepoint),
        ("prepare transaction 'a'", .otherTransactionControl), ("prepare a as select 1", .other),
        ("commit prepared 'a'", .notInTransaction), ("rollback prepared 'a'", .notInTransaction),
        ("set transaction read only", .other), ("\"begin\"", .other),
    ])
    func `transaction control is recognised`(sql: String, expected: StatementKind) throws {
        let kind = try kind(of: sql)
        #expect(kind == expected)
    }

    @Test(arguments: [
        "vacuum", "VACUUM (analyze) t", "create database d", "drop database if exists d",
        "create tablespace s location '/x'", "drop tablespace s", "reindex index concurrently i",
        "reindex table concurrently t", "reindex (verbose, concurrently) table t", "reindex schema s",
        "reindex (verbose) database d", "reindex system d", "alter system set a = 1",
        "alter database d set tablespace s", "alter table p detach partition c concurrently",
        "alter table if exists only s.p * detach partition s.c concurrently", "discard all", "cluster",
        "cluster verbose", "cluster (verbose)", "create subscription s connection 'c' publication p",
        "create /* now */ -- then\n database d",
    ])
    func `what the server refuses in a transaction is recognised`(sql: String) throws {
        let kind = try kind(of: sql)
        #expect(kind == .notInTransaction)
    }

    @Test(arguments: [
        "select 1", "create table t ()", "create index i on t (a)", "drop index i", "reindex table t",
        "reindex (verbose) index i", "alter table t add column vacuum int", "alter database d set a = 1",
        "alter table p detach partition c", "alter table p detach partition c finalize", "discard plans",
        "cluster t",
        "cluster t using i", "analyze t", "checkpoint", "refresh materialized view concurrently v",
        "create subscription s connection 'c' publication p with (connect = false)",
        "create table concurrently ()",
        "alter type e rename value 'a' to 'b'", "alter type t add attribute a int", "explain select 1",
    ])
    func `what may run in a transaction is left alone`(sql: String) throws {
        let kind = try kind(of: sql)
        #expect(kind == .other)
    }

    @Test(arguments: [
        "alter type e add value 'a'", "ALTER TYPE \"S\".e ADD VALUE IF NOT EXISTS 'a' BEFORE 'b'",
    ])
    func `a new value of an enum is recognised`(sql: String) throws {
        let kind = try kind(of: sql)
        #expect(kind == .alterTypeAddValue)
    }

    @Test(arguments: [
        (
            "create index concurrently i on t (a)",
            IndexName(name: QualifiedName(name: "i"), table: QualifiedName(name: "t"))
        ),
        (
            "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS Ix ON ONLY Public.\"T \"\"x\" USING btree (a)",
            IndexName(
                name: QualifiedName(schema: "public", name: "ix"),
                table: QualifiedName(schema: "public", name: "T \"x"),
                isUnique: true,
                ifNotExists: true
            )
        ),
        ("create index concurrently on t (a)", IndexName(name: nil, table: QualifiedName(name: "t"))),
        (
            "create index concurrently if on d.s.t (a)",
            IndexName(
                name: QualifiedName(schema: "s", name: "if"),
                table: QualifiedName(schema: "s", name: "t")
            )
        ),
    ])
    func `an index that is built concurrently is named`(sql: String, index: IndexName) throws {
        let kind = try kind(of: sql)
        #expect(kind == .createIndexConcurrently(index))
    }

    @Test(arguments: [
        ("drop index concurrently i", [QualifiedName(name: "i")]),
        (
            "drop index concurrently if exists s.i, \"J\" cascade",
            [QualifiedName(schema: "s", name: "i"), QualifiedName(name: "J")]
        ),
    ])
    func `indexes that are dropped concurrently are named`(sql: String, names: [QualifiedName]) throws {
        let kind = try kind(of: sql)
        #expect(kind == .dropIndexConcurrently(names))
    }

    @Test(arguments: [
        "create index concurrently U&\"x\" on t (a)", "create index concurrently i",
        "drop index concurrently",
        "create index concurrently i on U&\"t\" (a)", "drop index concurrently i, 'x'",
    ])
    func `an index whose name cannot be read is still kept out of transactions`(sql: String) throws {
        let kind = try kind(of: sql)
        #expect(kind == .notInTransaction)
    }

    @Test func `a name is cut to 63 bytes at a character, as on the server`() throws {
        let long = String(repeating: "é", count: 40)
        let kind = try kind(of: "drop index concurrently \(long), \(String(repeating: "X", count: 70))")
        let names = [String(repeating: "é", count: 31), String(repeating: "x", count: 63)]
        #expect(kind == .dropIndexConcurrently(names.map { QualifiedName(name: $0) }))
    }

    @Test func `only ASCII letters are folded`() throws {
        let kind = try kind(of: "drop index concurrently ÄB")
        #expect(kind == .dropIndexConcurrently([QualifiedName(name: "Äb")]))
    }
}
