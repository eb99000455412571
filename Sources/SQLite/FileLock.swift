import Database
import Glibc

/// The lock of one database file: flock(2) on a file beside it, which readers of the database never see.
///
/// The kernel gives it back when the process ends, however it ends. The file says who has it; it is removed together with
/// the lock, and one that a killed process has left is simply locked again.
final class FileLock {
    let path: String
    private let name: String
    private var descriptor: Int32 = -1

    init(path: String, name: String) {
        self.path = path
        self.name = name
    }

    deinit { _ = unlock() }

    /// Takes the lock if it is free.
    ///
    /// - Throws: `DatabaseError` when the file cannot be made.
    func tryLock() throws(DatabaseError) -> Bool {
        while true {
            let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
            guard descriptor >= 0 else {
                let reason = String(cString: strerror(errno))
                throw DatabaseError(
                    .server(.insufficientPrivilege),
                    "the lock file \(path) cannot be opened: \(reason) \(FileFacts(path).ownership)"
                )
            }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                close(descriptor)
                return false
            }
            // Between open and flock its last owner may have removed it: then this is a lock on nothing.
            guard isPath(of: descriptor) else {
                close(descriptor)
                continue
            }
            self.descriptor = descriptor
            sign()
            return true
        }
    }

    /// Whether it is ours, and nobody has put another file in its place.
    var isHeld: Bool { descriptor >= 0 && isPath(of: descriptor) }

    /// - Returns: `false` when it was not ours any more.
    func unlock() -> Bool {
        guard descriptor >= 0 else { return false }
        let wasHeld = isHeld
        if wasHeld { unlink(path) }
        close(descriptor)
        descriptor = -1
        return wasHeld
    }

    /// Who has it, by what the file says, or nil when nobody has.
    func holder() -> OtherSession? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        if flock(descriptor, LOCK_SH | LOCK_NB) == 0 { return nil }
        var bytes = [UInt8](repeating: 0, count: 1024)
        let count = read(descriptor, &bytes, bytes.count)
        let lines = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard lines.count >= 5, let pid = Int(lines[0]) else { return nil }
        return OtherSession(
            pid: pid,
            applicationName: lines[1],
            user: lines[2],
            address: lines[3],
            state: "active",
            age: max(0, time(nil) - (Int(lines[4]) ?? time(nil)))
        )
    }

    private func sign() {
        let text = "\(getpid())\n\(name)\n\(userName())\n\(hostName())\n\(time(nil))\n"
        ftruncate(descriptor, 0)
        pwrite(descriptor, text, text.utf8.count, 0)
    }

    private func isPath(of descriptor: Int32) -> Bool {
        var opened = stat()
        var named = stat()
        return fstat(descriptor, &opened) == 0 && stat(path, &named) == 0
            && opened.st_ino == named.st_ino && opened.st_dev == named.st_dev
    }
}

private func hostName() -> String {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, 255) == 0 else { return "localhost" }
    return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
