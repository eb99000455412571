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
    package let checksum: String

    init(revision: Revision, title: String, up: SourceFile, down: SourceFile?) {
        self.revision = revision
        self.title = title
        self.up = up
        self.down = down
        checksum = Checksum.of(up.bytes)
    }

    /// The parsed way up. Parsing is work that an applied revision never needs, so it is done when asked for.
    ///
    /// - Parameter dialect: Whose SQL it is written in.
    /// - Throws: `ScriptError.text`, or `.foreignMarkers` for a file of another tool that runs forth and back again.
    package func script(in dialect: Dialect = .postgreSQL) throws(ScriptError) -> Script {
        let script: Script
        do throws(SQLTextError) {
            script = try Script.parse(SourceText(up.bytes, dialect: dialect))
        } catch {
            throw .text(error, file: up.path)
        }
        if !script.hasMarkers, let tool = ForeignMarkers.tool(of: String(decoding: up.bytes, as: UTF8.self)) {
            throw .foreignMarkers(tool: tool, file: up.path)
        }
        return script
    }
}
