/// One file as it was read: once, so that what is hashed is what is run even when a mounted ConfigMap changes meanwhile.
package struct SourceFile: Sendable, Hashable {
    /// The path as it is shown to people.
    package let path: String
    package let bytes: [UInt8]

    package init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    /// The name without folders.
    var name: Substring {
        path[
            (path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path.utf8.index(after: $0) } ?? path.startIndex)...
        ]
    }
}
