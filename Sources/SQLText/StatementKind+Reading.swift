extension StatementKind {
    /// The kind of the statement that stands in `range`.
    static func read(_ text: SourceText, in range: Range<Int>) -> StatementKind {
        var phrase = PhraseReader(text, in: range)
        guard text.dialect == .postgreSQL else { return readSQLite(&phrase) }
        return readTransactionControl(&phrase) ?? readIndex(&phrase) ?? readOther(&phrase)
    }

    // MARK: Transaction control

    static func readTransactionControl(_ phrase: inout PhraseReader) -> StatementKind? {
        switch phrase.keyword {
        case "begin": .begin
        case "start" where phrase.takeAll("start", "transaction"): .begin
        case "commit" where phrase.takeAll("commit", "prepared"): .notInTransaction
        case "rollback" where phrase.takeAll("rollback", "prepared"): .notInTransaction
        case "commit", "end": readEnd(&phrase, .commit)
        case "rollback", "abort": readEnd(&phrase, .rollback)
        case "savepoint", "release": .savepoint
        case "prepare" where phrase.takeAll("prepare", "transaction"): .otherTransactionControl
        default: nil
        }
    }

    /// `COMMIT [WORK | TRANSACTION] [AND [NO] CHAIN]`, and ROLLBACK, which may go `TO` a savepoint.
    private static func readEnd(_ phrase: inout PhraseReader, _ kind: StatementKind) -> StatementKind {
        _ = phrase.takeOne(of: "commit", "end", "rollback", "abort")
        _ = phrase.takeOne(of: "work", "transaction")
        if phrase.take("to") { return .savepoint }
        return phrase.takeAll("and", "chain") ? .otherTransactionControl : kind
    }

    // MARK: Indexes

    private static func readIndex(_ phrase: inout PhraseReader) -> StatementKind? {
        if phrase.takeAll("drop", "index", "concurrently") { return readDropIndex(&phrase) }
        if phrase.takeAll("create", "index", "concurrently") {
            return readCreateIndex(&phrase, isUnique: false)
        }
        if phrase.takeAll("create", "unique", "index", "concurrently") {
            return readCreateIndex(&phrase, isUnique: true)
        }
        return nil
    }

    /// What follows `CREATE [UNIQUE] INDEX CONCURRENTLY`: `[[IF NOT EXISTS] name] ON [ONLY] table`.
    private static func readCreateIndex(_ phrase: inout PhraseReader, isUnique: Bool) -> StatementKind {
        let ifNotExists = phrase.takeAll("if", "not", "exists")
        var name: QualifiedName?
        if phrase.keyword != "on" {
            name = phrase.takeQualifiedName()
            guard name != nil else { return .notInTransaction }
        }
        guard phrase.take("on") else { return .notInTransaction }
        _ = phrase.take("only")
        guard let table = phrase.takeQualifiedName() else { return .notInTransaction }
        let index = name.map { QualifiedName(schema: table.schema, name: $0.name) }
        return .createIndexConcurrently(
            IndexName(name: index, table: table, isUnique: isUnique, ifNotExists: ifNotExists)
        )
    }

    /// What follows `DROP INDEX CONCURRENTLY`: `[IF EXISTS] name, …`.
    private static func readDropIndex(_ phrase: inout PhraseReader) -> StatementKind {
        _ = phrase.takeAll("if", "exists")
        var names: [QualifiedName] = []
        repeat {
            guard let name = phrase.takeQualifiedName() else { return .notInTransaction }
            names.append(name)
        } while phrase.take(symbol: ",")
        return .dropIndexConcurrently(names)
    }

    // MARK: Others

    private static func readOther(_ phrase: inout PhraseReader) -> StatementKind {
        switch phrase.keyword {
        case "copy": readCopy(&phrase)
        case "alter": readAlter(&phrase)
        case "create", "drop": readCreateOrDrop(&phrase)
        case "reindex": readReindex(&phrase)
        case "cluster": readCluster(&phrase)
        case "discard": phrase.takeAll("discard", "all") ? .notInTransaction : .other
        case "vacuum": .notInTransaction
        default: .other
        }
    }

    /// `COPY [BINARY] table [(columns)] FROM STDIN`. The server takes STDOUT for STDIN here.
    private static func readCopy(_ phrase: inout PhraseReader) -> StatementKind {
        _ = phrase.takeAll("copy", "binary") || phrase.take("copy")
        guard phrase.takeQualifiedName() != nil else { return .other }
        phrase.takeParentheses()
        return phrase.take("from") && phrase.takeOne(of: "stdin", "stdout") ? .copyFromStdin : .other
    }

    private static func readAlter(_ phrase: inout PhraseReader) -> StatementKind {
        _ = phrase.take("alter")
        if phrase.take("system") { return .notInTransaction }
        if phrase.take("type") { return phrase.takesName(then: "add", "value") ? .alterTypeAddValue : .other }
        if phrase.take("database") {
            return phrase.takesName(then: "set", "tablespace") ? .notInTransaction : .other
        }
        return phrase.take("table") && phrase.detachesConcurrently() ? .notInTransaction : .other
    }

    private static func readCreateOrDrop(_ phrase: inout PhraseReader) -> StatementKind {
        let isCreate = phrase.take("create")
        if !isCreate { _ = phrase.take("drop") }
        if phrase.takeOne(of: "database", "tablespace") { return .notInTransaction }
        guard isCreate, phrase.take("subscription") else { return .other }
        // It makes a replication slot, and only that is refused, unless one of these says otherwise.
        return phrase.contains(oneOf: "connect", "create_slot") ? .other : .notInTransaction
    }

    /// `REINDEX [(options)] INDEX | TABLE | SCHEMA | DATABASE | SYSTEM [CONCURRENTLY] [name]`.
    private static func readReindex(_ phrase: inout PhraseReader) -> StatementKind {
        _ = phrase.take("reindex")
        let isConcurrent = phrase.takeParentheses(containing: "concurrently")
        if isConcurrent || phrase.takeOne(of: "schema", "database", "system") { return .notInTransaction }
        _ = phrase.takeOne(of: "index", "table")
        return phrase.take("concurrently") ? .notInTransaction : .other
    }

    /// `CLUSTER [VERBOSE | (options)]` of every table: one that names a table may run in a transaction.
    private static func readCluster(_ phrase: inout PhraseReader) -> StatementKind {
        _ = phrase.take("cluster")
        _ = phrase.take("verbose")
        phrase.takeParentheses()
        return phrase.isAtEnd ? .notInTransaction : .other
    }
}

extension PhraseReader {
    /// Whether a name and then these two keywords come next.
    fileprivate mutating func takesName(then first: String, _ second: String) -> Bool {
        takeQualifiedName() != nil && takeAll(first, second)
    }

    /// What follows ALTER TABLE: `[IF EXISTS] [ONLY] table [*] DETACH PARTITION partition CONCURRENTLY`.
    fileprivate mutating func detachesConcurrently() -> Bool {
        _ = takeAll("if", "exists")
        _ = take("only")
        guard takeQualifiedName() != nil else { return false }
        _ = take(symbol: "*")
        return takeAll("detach", "partition") && takeQualifiedName() != nil && take("concurrently")
    }
}
