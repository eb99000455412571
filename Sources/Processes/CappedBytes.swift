/// The first bytes of a stream, up to a limit.
struct CappedBytes {
    private let limit: Int
    private(set) var bytes: [UInt8] = []
    /// Whether there were more bytes than the limit.
    private(set) var isCut = false

    init(limit: Int) { self.limit = limit }

    mutating func append(_ more: [UInt8]) {
        let room = limit - bytes.count
        bytes += more.prefix(room)
        if more.count > room { isCut = true }
    }
}
