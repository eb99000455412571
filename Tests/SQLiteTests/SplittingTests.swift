import CSQLite
import SQLText
import Testing

/// Where a statement ends is SQLite's to say: its own parser is the oracle.
@Suite struct SplittingTests {
    static let scripts = [
        "CREATE TABLE a (b);;  ; INSERT INTO a VALUES ('x;y'); -- end; of\n/* ; /* */ SELECT 1",
        "CREATE TABLE `x;y` ([b;c] TEXT, \"d\"\";\" INT); INSERT INTO `x;y` VALUES ('it''s; \\', 2)",
        """
        CREATE TABLE t (a, b);
        CREATE TRIGGER r AFTER INSERT ON t WHEN new.a > 0 BEGIN
          UPDATE t SET b = CASE WHEN a = 1 THEN 'end;' ELSE 'x' END; -- end;
          SELECT CASE WHEN 1 THEN 2 END;
          DELETE FROM t WHERE a = 7;
        END;
        INSERT INTO t VALUES (1, $1); /* ; */ SELECT 'E\\'; SELECT e FROM (SELECT 1 AS e)
        """,
        "CREATE TABLE \"begin\" (\"end\" INT); INSERT INTO \"begin\" VALUES (1); BEGIN; SELECT 1; END; SELECT 2;",
        "CREATE TEMP TABLE a (b); CREATE TEMPORARY TRIGGER z INSERT ON a BEGIN SELECT 1; END; SELECT 3",
        "CREATE TABLE a (x); CREATE TRIGGER IF NOT EXISTS z DELETE ON a BEGIN SELECT 1; END/**/; SELECT 3",
        "SELECT x'00', $a$, ?1, @b, :c; SELECT '\\'; SELECT 1 /* never closed ; SELECT 2",
        "SELECT $tag$; SELECT 2; SELECT 'E', e'a\\'; SELECT U&\"a\"",
        "-- nothing;\n", "", ";",
    ]

    @Test(arguments: scripts)
    func `statements are cut where SQLite cuts them`(script: String) throws {
        let text = SourceText(Array(script.utf8), dialect: .sqlite)
        let ours = try StatementSplitter.split(text, in: 0..<text.bytes.count).map {
            text.string(in: $0.range)
        }
        let theirs = oracle(script)
        // What SQLite cannot parse it does not cut; up to there both agree.
        #expect(Array(ours.prefix(theirs.count)) == theirs)
        #expect(!theirs.isEmpty || ours.count <= 1)
    }

    @Test func `a marker is one only where SQLite sees a comment`() throws {
        let script = """
            -- migrate:up
            CREATE TABLE t (a DEFAULT '
            -- migrate:down
            ', [
            -- migrate:down
            ] INT, b TEXT DEFAULT $x$);
            CREATE TRIGGER z DELETE ON t BEGIN
            SELECT 1;
            /*
            -- migrate:down
            */
            END;
            -- migrate:down
            DROP TABLE t;
            """
        let parsed = try Script.parse(SourceText(Array(script.utf8), dialect: .sqlite))
        #expect(parsed.sections.map(\.direction) == [.up, .down])
        #expect(try StatementSplitter.split(parsed.text, in: parsed.sections[0].range).count == 2)
        #expect(try StatementSplitter.split(parsed.text, in: parsed.sections[1].range).count == 1)
    }

    @Test(arguments: [
        ("BEGIN", StatementKind.begin), ("BEGIN IMMEDIATE TRANSACTION", .begin), ("COMMIT", .commit),
        ("END", .commit),
        ("ROLLBACK TO x", .savepoint), ("VACUUM", .notInTransaction),
        ("PRAGMA journal_mode=WAL", .notInTransaction),
        ("PRAGMA main.journal_mode", .notInTransaction),
        ("pragma foreign_keys=off", .withoutEffectInTransaction),
        ("ATTACH 'x' AS y", .notInTransaction), ("CREATE INDEX concurrently ON t (a)", .other),
    ])
    func `the first words tell what kind it is`(sql: String, kind: StatementKind) throws {
        let text = SourceText(Array(sql.utf8), dialect: .sqlite)
        #expect(try StatementSplitter.split(text, in: 0..<text.bytes.count).map(\.kind) == [kind])
    }

    /// The statements that SQLite itself finds, run one after the other.
    private func oracle(_ script: String) -> [String] {
        var raw: OpaquePointer?
        sqlite3_open(":memory:", &raw)
        defer { sqlite3_close_v2(raw) }
        let bytes = Array(script.utf8) + [0]
        var found: [String] = []
        var start = 0
        while start < bytes.count - 1 {
            var statement: OpaquePointer?
            var end = bytes.count
            let code = bytes.withUnsafeBytes { buffer in
                let head = buffer.baseAddress.map { $0.assumingMemoryBound(to: CChar.self) + start }
                var tail: UnsafePointer<CChar>?
                let code = sqlite3_prepare_v2(raw, head, -1, &statement, &tail)
                if let head, let tail { end = start + (tail - head) }
                return code
            }
            guard code == SQLITE_OK else { break }
            if let statement {
                sqlite3_step(statement)
                sqlite3_finalize(statement)
                found.append(trimmed(String(decoding: bytes[start..<end], as: UTF8.self)))
            }
            start = end
        }
        return found
    }

    /// Without the comments in front and the `;` behind, as our statements are.
    private func trimmed(_ text: String) -> String {
        var text = text[...]
        while true {
            text = text.drop { $0.isWhitespace || $0 == ";" }
            if text.hasPrefix("--") {
                text = text.drop { $0 != "\n" }
            } else if text.hasPrefix("/*"), let end = text.firstRange(of: "*/") {
                text = text[end.upperBound...]
            } else {
                break
            }
        }
        if text.last == ";" { text.removeLast() }
        if let comment = text.lastRange(of: "/*"), comment.lowerBound > text.startIndex {
            text = text[..<comment.lowerBound]
        }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}

extension Substring {
    fileprivate func lastRange(of other: String) -> Range<Index>? { ranges(of: other).last }
}
