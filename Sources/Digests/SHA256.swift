import CCrypto

/// SHA-256, by OpenSSL's libcrypto, which the binary holds anyway for TLS.
package enum SHA256 {
    /// Looked up once: with `EVP_sha256()` OpenSSL 3 looks for an implementation at every digest, which takes longer than
    /// the digest of a small file. It is never changed, and never freed.
    nonisolated(unsafe) private static let algorithm = EVP_MD_fetch(nil, "SHA256", nil)

    /// The 32 bytes of the digest.
    package static func digest(of bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        let done = EVP_Digest(bytes, bytes.count, &digest, nil, algorithm, nil)
        precondition(done == 1, "SHA-256 is part of every libcrypto")
        return digest
    }
}
