import Glibc

/// A directory with migrations. Only its own files count, not those of folders in it.
///
/// In a mounted ConfigMap every file is a symbolic link into the hidden folder `..data`: links are followed, hidden names
/// are not, and so each file is seen once.
struct Directory {
    private let path: String

    init(_ path: String) {
        self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }

    /// In the order of their names; folders that are named like a file are among them.
    ///
    /// - Throws: `ScriptError.missingDirectory` or `.unreadable`.
    func sqlFiles() throws(ScriptError) -> [String] {
        try names().filter { $0.hasSuffix(".sql") && !$0.hasPrefix(".") }.sorted().map(file)
    }

    /// The path of a file in it.
    func file(_ name: String) -> String { "\(path)/\(name)" }

    /// Whether both paths lead to the same directory.
    func isSame(as other: Directory) -> Bool {
        var (one, two) = (stat(), stat())
        guard unsafe stat(path, &one) == 0, unsafe stat(other.path, &two) == 0 else { return false }
        return (one.st_dev, one.st_ino) == (two.st_dev, two.st_ino)
    }

    private func names() throws(ScriptError) -> [String] {
        guard let stream = unsafe opendir(path) else {
            if errno == ENOENT || errno == ENOTDIR { throw .missingDirectory(path) }
            throw .unreadable(path, errno: errno)
        }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            unsafe names.append(
                withUnsafePointer(to: &entry.pointee.d_name) {
                    unsafe String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
                }
            )
        }
        return names
    }
}
