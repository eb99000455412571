import Glibc

/// A file that holds one secret: a mounted Compose or Kubernetes secret.
struct SecretFile {
    let path: String
    /// The setting that names it.
    let source: String

    /// - Throws: `SettingError`.
    func read() throws(SettingError) -> String {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable(errno) }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 1024 * 1024)
        let count = unsafe Glibc.read(descriptor, &bytes, bytes.count)
        guard count >= 0 else { throw unreadable(errno) }
        var text = String(decoding: bytes[..<count], as: UTF8.self)
        while text.last?.isNewline == true { text.removeLast() }
        guard !text.isEmpty else { throw .emptyFile(path, source: source) }
        return text
    }

    /// Owner and mode are the usual reason: file secrets of Compose keep those of the host.
    private func unreadable(_ number: Int32) -> SettingError {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            return .unreadableFile(path, source: source, errno: number, facts: "")
        }
        let mode = String(status.st_mode & 0o777, radix: 8)
        let facts = " (owner \(status.st_uid), mode \(mode), Apus runs as \(getuid()))"
        return .unreadableFile(path, source: source, errno: number, facts: facts)
    }
}
