import CLibCurl
import Glibc

/// CURLOPT_WRITEFUNCTION: hands a piece of the body on.
func takeBody(
    _ bytes: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let bytes, let context else { return 0 }
    let raw = UnsafeRawBufferPointer(start: bytes, count: size * count)
    return exchange(context).take(raw.assumingMemoryBound(to: UInt8.self))
}

/// CURLOPT_OPENSOCKETFUNCTION: opens a socket, unless it would lead to a link-local address.
///
/// This looks at the address that the name was resolved to, the only place where the check cannot be talked out of by
/// the way an address is written. CURLOPT_PREREQFUNCTION would see it too, but only after the connection is made.
func openSocket(
    _ context: UnsafeMutableRawPointer?,
    _ purpose: curlsocktype,
    _ address: UnsafeMutablePointer<curl_sockaddr>?
) -> curl_socket_t {
    guard let context, let address else { return CURL_SOCKET_BAD }
    let exchange = exchange(context)
    if !exchange.allowsLinkLocal, let target = IPAddress(address), target.isLinkLocal {
        exchange.blockedAddress = target
        return CURL_SOCKET_BAD
    }
    let type = address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue)
    return socket(address.pointee.family, type, address.pointee.protocol)
}

private func exchange(_ context: UnsafeMutableRawPointer) -> Exchange {
    Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
}

extension IPAddress {
    /// The address behind libcurl's header; it is longer than the `sockaddr` that the header declares.
    fileprivate init?(_ address: UnsafeMutablePointer<curl_sockaddr>) {
        guard let start = MemoryLayout<curl_sockaddr>.offset(of: \.addr) else { return nil }
        let raw = UnsafeRawPointer(address) + start
        switch address.pointee.family {
        case AF_INET: self.init(bytesOf: raw.loadUnaligned(as: sockaddr_in.self).sin_addr)
        case AF_INET6: self.init(bytesOf: raw.loadUnaligned(as: sockaddr_in6.self).sin6_addr)
        default: return nil
        }
    }

    private init<Address>(bytesOf address: Address) {
        self.init(bytes: withUnsafeBytes(of: address) { Array($0) })
    }
}
