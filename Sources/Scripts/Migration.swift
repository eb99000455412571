package import Revisions
package import SQLText

/// One revision and the file, or the two files, that it stands in.
package struct Migration: Sendable {
    package let revision: Revision
    /// What it does, in a line: the title of its header, or the words of its file name.
    package let title: String
    package let up: SourceFile
    /// The file of the way back, when that is a file of its own.
    package let down: SourceFile?

    /// Of the file with the way up.
    package var checksum: String { Checksum.of(up.bytes) }

    /// The parsed way up. Parsing is work that an applied revision never needs, so it is done when asked for.
    ///
    /// - Parameter dialect: Whose SQL it is written in.
    /// - Throws: `ScriptError.text`.
    package func script(in dialect: Dialect = .postgreSQL) throws(ScriptError) -> Script {
        do throws(SQLTextError) {
            return try Script.parse(SourceText(up.bytes, dialect: dialect))
        } catch {
            throw .text(error, file: up.path)
        }
    }
}
