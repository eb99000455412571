import Digests
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

    /// - Throws: `ScriptError.unreadable`.
    static func read(_ path: String) throws(ScriptError) -> SourceFile {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(path, errno: errno) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16 * 1024)
        while true {
            let count = unsafe Glibc.read(descriptor, &chunk, chunk.count)
            guard count >= 0 else { throw .unreadable(path, errno: errno) }
            guard count > 0 else { return SourceFile(path: path, bytes: bytes) }
            bytes.append(contentsOf: chunk[..<count])
        }
    }

    /// The name without folders.
    var name: Substring {
        path[
            (path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path.utf8.index(after: $0) } ?? path.startIndex)...
        ]
    }
}
