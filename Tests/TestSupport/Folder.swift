package import Glibc

/// A folder of one test's own, gone with it.
package final class Folder: Sendable {
    package let path: String

    package init() {
        var template = Array("/tmp/apus-test.XXXXXX".utf8CString)
        precondition(mkdtemp(&template) != nil, "no folder: errno \(errno)")
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        chmod(path, 0o755)
    }

    deinit { remove(path) }

    /// Writes a file, with the folders on the way to it.
    @discardableResult
    package func write(_ text: String, to name: String, mode: mode_t = 0o644) throws -> String {
        try write(Array(text.utf8), to: name, mode: mode)
    }

    @discardableResult
    package func write(_ bytes: [UInt8], to name: String, mode: mode_t = 0o644) throws -> String {
        let target = "\(path)/\(name)"
        let folders = name.split(separator: "/").dropLast()
        for count in folders.indices { mkdir("\(path)/\(folders[...count].joined(separator: "/"))", 0o755) }
        // Beside the old one and then in its place: nobody sees half a file.
        let descriptor = open("\(target).new", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw FileError(path: target, errno: errno) }
        do {
            defer { close(descriptor) }
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
                guard count > 0 else { throw FileError(path: target, errno: errno) }
                rest = rest.dropFirst(count)
            }
            guard fchmod(descriptor, mode) == 0, rename("\(target).new", target) == 0 else {
                throw FileError(path: target, errno: errno)
            }
        }
        if mode & 0o111 != 0 { untilNobodyWrites(target) }
        return target
    }

    package func text(of name: String) throws -> String { try contents(of: "\(path)/\(name)") }

    package func has(_ name: String) -> Bool { access("\(path)/\(name)", F_OK) == 0 }

    package func removeFile(_ name: String) { unlink("\(path)/\(name)") }

    /// The names in a folder of it, sorted.
    package func names(in name: String = ".") -> [String] { entries(of: "\(path)/\(name)").sorted() }

    package func makeFolder(_ name: String) -> String {
        mkdir("\(path)/\(name)", 0o755)
        return "\(path)/\(name)"
    }

    package func link(_ name: String, to target: String) { symlink(target, "\(path)/\(name)") }
}

package struct FileError: Error {
    package let path: String
    package let errno: Int32
}

/// Waits for the processes that other tests began while we wrote the file: until they are the program they are to be, they hold
/// it open as well, and it cannot be run.
package func untilNobodyWrites(_ path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    // F_SETLEASE, which Glibc shows to GNU sources only: given when nobody has the file open for writing; see fcntl(2).
    let setLease: Int32 = 1024
    while fcntl(descriptor, setLease, F_RDLCK) != 0, errno == EAGAIN { usleep(1000) }
}

/// The text of a file.
package func contents(of path: String) throws -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(path: path, errno: errno) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
        let count = read(descriptor, &chunk, chunk.count)
        guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
        bytes += chunk[..<count]
    }
}

private func entries(of path: String) -> [String] {
    guard let stream = opendir(path) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
            String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
        }
        if name != ".", name != ".." { names.append(name) }
    }
    return names
}

private func remove(_ path: String) {
    for name in entries(of: path) { remove("\(path)/\(name)") }
    if unlink(path) != 0 { rmdir(path) }
}
