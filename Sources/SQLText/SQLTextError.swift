/// What is wrong with a script, and where.
package struct SQLTextError: Error, Hashable {
    /// The facts; their wording is `description`.
    package enum Problem: Sendable, Hashable {
        /// `'…` without its end.
        case unterminatedString
        /// `"…` without its end.
        case unterminatedIdentifier
        /// `$tag$…` without its end; the tag includes its dollars.
        case unterminatedDollarQuote(tag: String)
        /// `/*…` without its end.
        case unterminatedComment
        /// A command that only psql understands, with its backslash.
        case metaCommand(name: String)
        /// COPY … FROM STDIN whose rows are not there or have no `\.` line.
        case unterminatedCopyData
        /// Something other than a comment between COPY … FROM STDIN; and the end of that line.
        case textBeforeCopyData
        /// A zero byte.
        case zeroByte
        /// A byte that is not part of a valid character.
        case invalidUTF8(byte: UInt8)
        /// SQL above the first marker of a file that has markers.
        case statementBeforeFirstMarker
        /// A comment that looks like a marker and is none.
        case markerLookalike
        /// A comment that parts up and down in another way, in a file without markers of ours, with SQL behind it.
        case foreignMarker(tool: String?)
        /// A directive for SQLite that is carried out by nothing: above no CREATE TABLE, inside a statement, in `/* … */`.
        case misplacedDirective
        /// A directive that cannot be read.
        case unknownDirective
        /// Two expressions for one column.
        case repeatedColumn(String)
        /// A directive for SQLite in a script for another database.
        case directiveWithoutSQLite
        /// `migrate:down` before any `migrate:up`.
        case downBeforeUp
        /// A second `migrate:down` for the same `migrate:up`.
        case secondDown
        /// A word behind a marker that is no option.
        case unknownOption(String)
        /// An option given twice behind one marker.
        case repeatedOption(String)
        /// An option whose value cannot be read.
        case badOptionValue(name: String, value: String)
    }

    /// What is wrong.
    package let problem: Problem
    /// Where it is: for text that never ends, where it started.
    package let position: SourcePosition

    init(_ problem: Problem, at offset: Int, in text: SourceText) {
        self.problem = problem
        position = text.position(of: offset)
    }
}
