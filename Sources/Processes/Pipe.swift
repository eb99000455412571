import Glibc

/// Owns the two ends of a pipe and closes each exactly once.
struct Pipe: ~Copyable {
    /// Where we read; -1, which poll(2) passes over, once the end was reached.
    private(set) var reader: Int32
    /// What the child writes into; -1 once it is the child's alone.
    private(set) var writer: Int32

    init() throws(CommandError) {
        var ends: [Int32] = [-1, -1]
        guard pipe2(&ends, O_CLOEXEC) == 0 else { throw .noPipe(errno: errno) }
        (reader, writer) = (ends[0], ends[1])
    }

    deinit {
        if reader >= 0 { close(reader) }
        if writer >= 0 { close(writer) }
    }

    var isAtEnd: Bool { reader < 0 }

    mutating func closeWriter() {
        close(writer)
        writer = -1
    }

    /// What is in the pipe now; to be called when poll(2) says that this does not wait.
    mutating func read() -> [UInt8] {
        let size = 16 * 1024
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            repeat { count = Glibc.read(reader, buffer.baseAddress, size) } while count < 0 && errno == EINTR
            count = max(0, count)
        }
        if bytes.isEmpty {
            close(reader)
            reader = -1
        }
        return bytes
    }
}

// The Glibc module is built without _GNU_SOURCE and does not have it. Integers and pointers are passed alike in C and Swift.
@_silgen_name("pipe2")
private func pipe2(_ ends: UnsafeMutablePointer<Int32>, _ flags: Int32) -> Int32
