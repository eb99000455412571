package import Revisions
package import SQLText

/// One revision and the file, or the two files, that it stands in.
package struct Migration: Sendable {
    package let revision: Revision
    package let up: SourceFile
    /// The file of the way back, when that is a file of its own.
    package let down: SourceFile?

    init(_ revision: Revision, up: SourceFile, down: SourceFile?) {
        self.revision = revision
        self.up = up
        self.down = down
    }

    /// What it does, in a line: the title of its header, or the words of its file name.
    package var title: String { (up.header.isPresent ? up.header.title : nil) ?? up.name.words }

    /// Of the file with the way up.
    package var checksum: String { up.checksum }

    /// The file that holds the way in that direction.
    package func file(_ direction: Direction) -> SourceFile { direction == .down ? down ?? up : up }

    /// The parsed file of one direction. Parsing is work that an applied revision never needs, so it is done when asked for.
    ///
    /// - Parameter dialect: Whose SQL it is written in.
    /// - Throws: `ScriptError.text`.
    package func script(_ direction: Direction = .up, in dialect: Dialect = .postgreSQL) throws(ScriptError)
        -> Script
    {
        let file = file(direction)
        let script: Script
        do throws(SQLTextError) {
            script = try Script.parse(
                SourceText(file.bytes, dialect: dialect),
                isWayBack: direction == .down && down != nil
            )
        } catch {
            throw .text(error, file: file.path)
        }
        return script
    }

    /// The sections that one direction consists of, in the order they are run: those of the way back from the last to the first.
    ///
    /// - Parameter script: That of the same direction.
    /// - Throws: `ScriptError.withoutWayBack` when the file has none.
    package func sections(_ direction: Direction, of script: Script) throws(ScriptError) -> [Section] {
        // A file of the way back alone need not say so.
        if direction == .down, down != nil, !script.sections.contains(where: { $0.direction == .down }) {
            return script.sections
        }
        let sections = script.sections.filter { $0.direction == direction }
        guard direction == .down else { return sections }
        guard !sections.isEmpty else { throw .withoutWayBack(revision.id, file: up.path) }
        return sections.reversed()
    }
}
