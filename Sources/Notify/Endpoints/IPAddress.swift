import Glibc

/// The 4 or 16 bytes of an IP address, in network order. IPv4 inside IPv6 counts as IPv4.
struct IPAddress: CustomStringConvertible {
    let bytes: [UInt8]

    init(bytes: [UInt8]) {
        let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]
        self.bytes = bytes.count == 16 && bytes.starts(with: mapped) ? Array(bytes.suffix(4)) : bytes
    }

    /// Reads the usual notation, IPv6 in the brackets of a URL or without.
    init?(_ host: String) {
        let text = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        var buffer = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, text, &buffer) == 1 {
            self.init(bytes: Array(buffer.prefix(4)))
        } else if inet_pton(AF_INET6, text, &buffer) == 1 {
            self.init(bytes: buffer)
        } else {
            return nil
        }
    }

    /// Whether the address is one that clouds hand out credentials at: 169.254.0.0/16, fe80::/10, fd00:ec2::254.
    var isLinkLocal: Bool {
        switch (bytes.count, bytes[0], bytes[1]) {
        case (4, 169, 254): true
        case (16, 0xFE, 0x80...0xBF): true
        default: bytes == [0xFD, 0, 0x0E, 0xC2] + [UInt8](repeating: 0, count: 10) + [0x02, 0x54]
        }
    }

    var description: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        inet_ntop(bytes.count == 4 ? AF_INET : AF_INET6, bytes, &text, socklen_t(text.count))
        return text.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    }
}
