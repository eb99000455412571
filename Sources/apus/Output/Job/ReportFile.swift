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

    private func write(_ text: String, to path: String) throws(WriteError) {
        // Opening does not wait for somebody who reads a pipe, writing does.
        let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC
        let descriptor = unsafe open(path, flags | O_NONBLOCK, 0o644)
        guard descriptor >= 0 else { throw WriteError(errno: errno) }
        defer { close(descriptor) }
        _ = fcntl(descriptor, F_SETFL, flags)
        guard apus.write(text, to: descriptor) else { throw WriteError(errno: errno) }
    }
}
