import Glibc

extension ProcessGroup {
    /// Whether a process of the group still runs.
    ///
    /// kill(2) counts zombies too, and an orphan stays one until whoever adopted it reaps it: at once, a second later or
    /// never. Only `/proc` tells them apart; where there is none, we believe kill(2).
    static func hasLivingMember(_ group: pid_t) -> Bool {
        guard kill(-group, 0) == 0 else { return false }
        guard let processes = opendir("/proc") else { return true }
        defer { closedir(processes) }
        while let entry = readdir(processes) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { $0.prefix { $0 != 0 }.map { $0 } }
            guard name.allSatisfy({ (0x30...0x39).contains($0) }) else { continue }
            if isLiving("/proc/\(String(decoding: name, as: UTF8.self))/stat", in: group) { return true }
        }
        return false
    }

    /// Reads the state and the group behind the program's name, which stands in parentheses and may hold anything.
    private static func isLiving(_ path: String, in group: pid_t) -> Bool {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return false }
        defer { close(file) }
        // What we read stands near the beginning; the name has at most 64 bytes.
        let text = [UInt8](unsafeUninitializedCapacity: 256) { buffer, count in
            count = max(0, read(file, buffer.baseAddress, 256))
        }
        guard let end = text.lastIndex(of: UInt8(ascii: ")")) else { return false }
        let fields = text[(end + 1)...].split(separator: UInt8(ascii: " "))
        guard fields.count > 2, Int32(String(decoding: fields[2], as: UTF8.self)) == group else {
            return false
        }
        return !["Z", "X"].contains(String(decoding: fields[0], as: UTF8.self))
    }
}
