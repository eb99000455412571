import Glibc
import Waiting

/// A directory with migrations. Only its own files count, not those of folders in it.
///
/// In a mounted ConfigMap every file is a symbolic link into the hidden folder `..data`: links are followed, hidden names
/// are not, and so each file is seen once.
struct Directory {
    private let path: String

    init(_ path: String) {
        self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }

    /// In the order of their names. A folder that is named like a file is none.
    ///
    /// - Parameter withChecksums: Whether somebody is going to ask every file for its checksum.
    /// - Throws: `ScriptError.missingDirectory` or `.unreadable`.
    func sqlFiles(withChecksums: Bool) throws(ScriptError) -> [SourceFile] {
        guard let stream = unsafe opendir(path) else {
            if errno == ENOENT || errno == ENOTDIR { throw .missingDirectory(path) }
            throw .unreadable(path, errno: errno)
        }
        defer { unsafe closedir(stream) }
        let folder = unsafe dirfd(stream)
        var count = 0
        let parts = inParallel { found in
            let names = inOrder(unsafe sqlNames(in: stream, found))
            count = names.count
            return names
        } _: { [self] names in
            Result { () throws(ScriptError) in try read(names, in: folder, withChecksums) }
        }
        var files = [SourceFile?](repeating: nil, count: count)
        for part in parts {
            for (position, file) in try part.get() { files[position] = file }
        }
        return files.compactMap(\.self)
    }

    private func read(
        _ names: Shares<String>,
        in folder: Int32,
        _ withChecksums: Bool
    ) throws(ScriptError) -> [(position: Int, file: SourceFile)] {
        Heap.populate(names.size * 768)
        var reader = FileReader(folder: folder)
        // A string of this thread alone: several threads would wait for each other to count their references to one.
        let prefix = "\(path)/"
        var files: [(position: Int, file: SourceFile)] = []
        files.reserveCapacity(names.size)
        for part in names {
            for position in part.indices {
                do throws(ReadError) {
                    guard let bytes = try reader.bytes(of: part[position]) else { continue }
                    let file = SourceFile(prefix, part[position], bytes: bytes, withChecksum: withChecksums)
                    files.append((position, file))
                } catch {
                    throw .unreadable(prefix + part[position], errno: error.errno)
                }
            }
        }
        return files
    }

    /// The path of a file in it.
    func file(_ name: String) -> String { "\(path)/\(name)" }

    /// Whether both paths lead to the same directory.
    func isSame(as other: Directory) -> Bool {
        var (one, two) = (stat(), stat())
        guard unsafe stat(path, &one) == 0, unsafe stat(other.path, &two) == 0 else { return false }
        return (one.st_dev, one.st_ino) == (two.st_dev, two.st_ino)
    }

    /// Byte by byte: by their first bytes as a number, and by the whole name only where those are the same.
    private func inOrder(_ names: [String]) -> [String] {
        let keyed = names.indices.map { (key: key(of: names[$0]), position: $0) }
        return keyed.sorted { one, two in
            guard one.key == two.key else { return one.key < two.key }
            return names[one.position].utf8.lexicographicallyPrecedes(names[two.position].utf8)
        }.map { names[$0.position] }
    }

    private func key(of name: String) -> UInt128 {
        let bytes = name.utf8.span
        return (0..<16).reduce(0) { $0 << 8 | ($1 < bytes.count ? UInt128(bytes[$1]) : 0) }
    }

    private func sqlNames(in stream: OpaquePointer, _ found: (Int) -> Void) -> [String] {
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
                unsafe String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
            }
            if name.hasSuffix(".sql"), !name.hasPrefix(".") {
                names.append(name)
                if names.count % 1000 == 0 { found(names.count) }
            }
        }
        return names
    }
}
