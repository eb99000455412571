@testable import SQLText

/// The texts of the statements of a script.
func statements(in sql: String) throws(SQLTextError) -> [String] {
    let text = SourceText(Array(sql.utf8))
    return try StatementSplitter.split(text, in: 0..<text.bytes.count).map { text.string(in: $0.range) }
}

/// The kind of the only statement of a script.
func kind(of sql: String) throws -> StatementKind? {
    let text = SourceText(Array(sql.utf8))
    let statements = try StatementSplitter.split(text, in: 0..<text.bytes.count)
    return statements.count == 1 ? statements[0].kind : nil
}

/// A script parsed from text.
func script(_ sql: String) throws(SQLTextError) -> Script {
    try Script.parse(SourceText(Array(sql.utf8)))
}

/// The bodies of the sections of a script, each behind its direction.
func sections(in sql: String) throws(SQLTextError) -> [String] {
    let script = try script(sql)
    return script.sections.map { "\($0.direction): \(script.text.string(in: $0.range))" }
}
