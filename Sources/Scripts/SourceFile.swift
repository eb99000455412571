import Glibc

/// One file as it was read: once, so that what is hashed is what is run even when a mounted ConfigMap changes meanwhile.
package struct SourceFile: Sendable, Hashable {
    /// The path as it is shown to people.
    package let path: String
    package let bytes: [UInt8]

    package init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    /// nil for a folder, also behind a link. Four system calls: there may be thousands of files, at every start.
    ///
    /// - Throws: `ScriptError.unreadable`.
    static func read(_ path: String) throws(ScriptError) -> SourceFile? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(path, errno: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw .unreadable(path, errno: errno) }
        guard status.st_mode & S_IFMT != S_IFDIR else { return nil }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size) + 1)
        var filled = 0
        while true {
            let count = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe Glibc.read(descriptor, buffer.baseAddress?.advanced(by: filled), buffer.count - filled)
            }
            guard count >= 0 else { throw .unreadable(path, errno: errno) }
            filled += count
            // A read that leaves room has met the end of the file.
            guard filled == bytes.count else { break }
            bytes += [UInt8](repeating: 0, count: bytes.count)
        }
        bytes.removeLast(bytes.count - filled)
        return SourceFile(path: path, bytes: bytes)
    }

    /// The name without folders.
    var name: Substring {
        path[
            (path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path.utf8.index(after: $0) } ?? path.startIndex)...
        ]
    }
}
