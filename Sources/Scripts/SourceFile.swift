/// One file as it was read: once, so that what is hashed is what is run even when a mounted ConfigMap changes meanwhile.
///
/// A class, because files are sorted and filtered: a copy of a struct would count the references to all its texts.
package final class SourceFile: Sendable {
    /// The path as it is shown to people.
    package let path: String
    package let bytes: [UInt8]
    /// See ``Checksum``. Made when it is asked for, unless that was done with the reading.
    package var checksum: String { knownChecksum ?? Checksum.of(bytes) }

    private let knownChecksum: String?
    /// The name without folders.
    let name: FileName
    let header: RevisionHeader

    package convenience init(path: String, bytes: [UInt8]) {
        let start =
            path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path.utf8.index(after: $0) } ?? path.startIndex
        self.init(String(path[..<start]), String(path[start...]), bytes: bytes, withChecksum: false)
    }

    /// - Parameter folder: What stands before the name, its slash included.
    init(_ folder: String, _ name: String, bytes: [UInt8], withChecksum: Bool) {
        path = folder + name
        self.bytes = bytes
        self.name = FileName(name)
        header = RevisionHeader(of: bytes.span)
        knownChecksum = withChecksum ? Checksum.of(bytes) : nil
    }

    /// Whether it seems to have a section marker, as a file of dbmate's.
    var hasMarker: Bool { bytes.firstRange(of: Array("migrate:up".utf8)) != nil }
}
