import Glibc

/// What can be known of a path when SQLite only says that it cannot.
struct FileFacts {
    let path: String
    private let status: stat?

    init(_ path: String) {
        self.path = path
        var status = stat()
        self.status = stat(path, &status) == 0 ? status : nil
    }

    var exists: Bool { status != nil }
    var isDirectory: Bool { status.map { $0.st_mode & S_IFMT == S_IFDIR } ?? false }
    var isWritable: Bool { access(path, W_OK) == 0 }
    var isReadable: Bool { access(path, R_OK) == 0 }

    /// Why it cannot be written.
    var obstacle: String {
        access(path, W_OK) != 0 && errno == EROFS ? "(its file system is mounted read-only)" : ownership
    }

    /// Owner and mode are the usual reason: a mounted volume keeps those of the host.
    var ownership: String {
        guard let status else { return "(Apus runs as \(geteuid()))" }
        let mode = String(status.st_mode & 0o7777, radix: 8)
        return "(owner \(status.st_uid), group \(status.st_gid), mode \(mode), Apus runs as \(geteuid()))"
    }
}
