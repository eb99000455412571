import Glibc

/// The file of `--report-file`.
struct ReportFile {
    let path: String

    struct WriteError: Error {
        let errno: Int32
    }

    /// Beside the old one and then in its place, so that nobody reads half of it. What is no file, such as `/dev/stdout` or a pipe,
    /// stays what it is and is written to.
    ///
    /// - Throws: `WriteError`; then the old file is as it was, and nothing is left beside it.
    func write(_ text: String) throws(WriteError) {
        if let standardStream { return try put(text, into: standardStream) }
        var facts = stat()
        let isThere = unsafe lstat(path, &facts) == 0
        if isThere, facts.st_mode & S_IFMT != S_IFREG { return try write(text, to: path) }
        let temporary = "\(path).\(getpid()).tmp"
        do throws(WriteError) {
            try write(text, to: temporary)
            guard unsafe rename(temporary, path) == 0 else { throw WriteError(errno: errno) }
        } catch {
            unsafe _ = unlink(temporary)
            throw error
        }
    }

    /// The one of our own streams that goes there too: to open it anew would write over the log.
    private var standardStream: Int32? {
        var (facts, own) = (stat(), stat())
        guard unsafe stat(path, &facts) == 0 else { return nil }
        return [STDOUT_FILENO, STDERR_FILENO].first {
            unsafe fstat($0, &own) == 0 && (own.st_dev, own.st_ino) == (facts.st_dev, facts.st_ino)
        }
    }

    private func write(_ text: String, to path: String) throws(WriteError) {
        // Opening does not wait for somebody who reads a pipe, writing does.
        let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC
        let descriptor = unsafe open(path, flags | O_NONBLOCK, 0o644)
        guard descriptor >= 0 else { throw WriteError(errno: errno) }
        defer { close(descriptor) }
        _ = fcntl(descriptor, F_SETFL, flags)
        try put(text, into: descriptor)
    }

    private func put(_ text: String, into descriptor: Int32) throws(WriteError) {
        guard apus.write(text, to: descriptor) else { throw WriteError(errno: errno) }
    }
}
