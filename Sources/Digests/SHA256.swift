import CCrypto

/// SHA-256, by OpenSSL's libcrypto, which the binary holds anyway for TLS.
package enum SHA256 {
    /// Looked up once: with `EVP_sha256()` OpenSSL 3 looks for an implementation at every digest, which takes longer than
    /// the digest of a small file. It is never changed, and never freed.
    nonisolated(unsafe) private static let algorithm = EVP_MD_fetch(nil, "SHA256", nil)

    /// The 32 bytes of the digest.
    package static func digest(of bytes: [UInt8]) -> InlineArray<32, UInt8> {
        var digest = InlineArray<32, UInt8>(repeating: 0)
        var span = digest.mutableSpan
        let done = unsafe span.withUnsafeMutableBufferPointer {
            unsafe EVP_Digest(bytes, bytes.count, $0.baseAddress, nil, algorithm, nil)
        }
        precondition(done == 1, "SHA-256 is part of every libcrypto")
        return digest
    }
}
