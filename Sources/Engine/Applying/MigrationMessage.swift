import Database
import SQLText

extension Message {
    /// Adds statements of a file, each with its end and its rows.
    mutating func append(_ statements: [Statement], of text: SourceText) {
        for statement in statements {
            append(text.bytes[statement.range])
            append(";\n")
            if let rows = statement.copyData { appendCopyData(text.bytes[rows]) }
        }
    }
}

extension PreparedMigration {
    /// Where a refused statement stands.
    ///
    /// - Parameters:
    ///   - statement: The number of the statement in the file, from 0, by what had succeeded before it.
    func failure(
        _ error: DatabaseError,
        in message: Message,
        statement: Int,
        done: Int
    ) -> StatementFailure {
        let statements = statements
        let number = min(max(statement, 0), max(statements.count - 1, 0))
        let start = statements.isEmpty ? 0 : statements[number].range.lowerBound
        let position = text.position(
            of: error.position.flatMap { message.fileOffset(ofPosition: $0) } ?? start
        )
        return StatementFailure(
            revision: id,
            file: file,
            line: position.line,
            column: position.column,
            source: text.line(position.line),
            statement: number + 1,
            error: error,
            statementsDone: done
        )
    }
}
