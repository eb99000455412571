import Glibc

/// Reads the files of one folder. There may be thousands, at every start, so that each costs three system calls, and none
/// of them looks up the path to the folder again.
struct FileReader {
    private let folder: Int32
    private var buffer = [UInt8](repeating: 0, count: 64 * 1024)

    /// - Parameter folder: An open descriptor, the caller's for as long as files are read.
    init(folder: Int32) { self.folder = folder }

    /// All bytes of a file, or nil for a folder, also behind a link.
    ///
    /// - Throws: `ReadError`.
    mutating func bytes(of name: String) throws(ReadError) -> [UInt8]? {
        // Swift would make a copy of the name on its own.
        let descriptor = unsafe name.withCString {
            // A pipe would wait here for somebody who writes.
            unsafe openat(folder, $0, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        }
        guard descriptor >= 0 else { throw ReadError(errno: errno) }
        defer { close(descriptor) }
        var filled = 0
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { buffer in
                unsafe read(descriptor, buffer.baseAddress?.advanced(by: filled), buffer.count - filled)
            }
            if count < 0, errno == EISDIR { return nil }
            guard count >= 0 || errno == EAGAIN else { throw ReadError(errno: errno) }
            filled += max(count, 0)
            // What has a few lines and an end is read like a file. What has nothing, or no end so far, is looked at.
            let isPlain = (1..<buffer.count).contains(filled)
            guard isPlain || isFile(descriptor) else { throw ReadError(errno: ReadError.notAFile) }
            // A read that leaves room has met the end of the file.
            guard filled == buffer.count else { return Array(buffer[..<filled]) }
            buffer += [UInt8](repeating: 0, count: buffer.count)
        }
    }

    private func isFile(_ descriptor: Int32) -> Bool {
        var facts = stat()
        return unsafe fstat(descriptor, &facts) == 0 && facts.st_mode & S_IFMT == S_IFREG
    }
}

/// Why a file cannot be read.
struct ReadError: Error {
    /// Stands for a pipe, a device or a socket, which has no end that one could wait for.
    static let notAFile = ESPIPE

    let errno: Int32
}
