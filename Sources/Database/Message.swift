/// What goes to the server in one round trip: statements of our own around parts of a file.
///
/// It remembers which bytes came from where in the file, so that a position in a server's error can be shown in the file.
package struct Message: Sendable {
    /// What is sent, in UTF-8.
    package private(set) var text: [UInt8] = []
    /// The inline rows of each `COPY … FROM STDIN` in the text, in order.
    package private(set) var copyData: [ArraySlice<UInt8>] = []

    private struct Piece: Sendable {
        var start: Int
        var count: Int
        var fileOffset: Int
    }
    private var pieces: [Piece] = []

    package init() {}

    /// A message of our own statements alone.
    package init(generated: String) {
        append(generated)
    }

    /// Adds statements of our own.
    package mutating func append(_ generated: String) {
        text.append(contentsOf: generated.utf8)
    }

    /// Adds a part of the file as it stands there.
    package mutating func append(_ bytes: ArraySlice<UInt8>) {
        pieces.append(Piece(start: text.count, count: bytes.count, fileOffset: bytes.startIndex))
        text.append(contentsOf: bytes)
    }

    /// Adds another message, which still knows its places in the file.
    package mutating func append(_ other: Message) {
        for piece in other.pieces {
            pieces.append(
                Piece(start: text.count + piece.start, count: piece.count, fileOffset: piece.fileOffset)
            )
        }
        text.append(contentsOf: other.text)
        copyData += other.copyData
    }

    /// Adds the rows for the next `COPY … FROM STDIN`.
    package mutating func appendCopyData(_ rows: ArraySlice<UInt8>) {
        copyData.append(rows)
    }

    /// Whether all of it is ours.
    package var isGenerated: Bool { pieces.isEmpty }

    /// The position, in characters from 1, of the byte at `offset`.
    package func position(ofByte offset: Int) -> Int {
        text.prefix(offset).count { $0 & 0xC0 != 0x80 } + 1
    }

    /// The offset in the file of a server's position, or nil when it points at a statement of our own.
    ///
    /// - Parameter position: In characters of the text, from 1, as PostgreSQL counts.
    package func fileOffset(ofPosition position: Int) -> Int? {
        guard let offset = byteOffset(ofCharacter: position) else { return nil }
        let piece = pieces.last { $0.start <= offset && offset <= $0.start + $0.count }
        return piece.map { $0.fileOffset + offset - $0.start }
    }

    private func byteOffset(ofCharacter position: Int) -> Int? {
        var characters = 0
        for (offset, byte) in text.enumerated() where byte & 0xC0 != 0x80 {
            characters += 1
            if characters == position { return offset }
        }
        return position == characters + 1 ? text.count : nil
    }
}
