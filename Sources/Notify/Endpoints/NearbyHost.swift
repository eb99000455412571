import Glibc

/// Whether a host is so near that plain HTTP to it stays within the machine, the cluster or the private network.
///
/// The host is judged as libcurl wrote it, which has turned octal, hexadecimal and shortened IPv4 addresses into the
/// usual form. A single label is a name of Compose or of the same Kubernetes namespace.
func isNearby(_ host: String) -> Bool {
    if let bytes = IPAddress(host)?.bytes { return isPrivate(bytes) }
    let labels = host.lowercased().split(separator: ".", omittingEmptySubsequences: false)
    if labels.count == 1 { return labels[0].first?.isLetter == true }
    return labels.last == "localhost" || labels.last == "svc" || labels.suffix(2) == ["cluster", "local"]
}

/// Loopback, RFC 1918, and their counterparts in IPv6 (RFC 4291, RFC 4193).
private func isPrivate(_ bytes: [UInt8]) -> Bool {
    switch (bytes.count, bytes[0], bytes[1]) {
    case (4, 127, _), (4, 10, _), (4, 172, 16...31), (4, 192, 168): true
    case (16, 0xFC...0xFD, _): true
    default: bytes == [UInt8](repeating: 0, count: 15) + [1]
    }
}
