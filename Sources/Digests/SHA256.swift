import CCrypto

/// SHA-256, by OpenSSL's libcrypto, which the binary holds anyway for TLS.
package enum SHA256 {
    /// The 32 bytes of the digest.
    package static func digest(of bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        let done = EVP_Digest(bytes, bytes.count, &digest, nil, EVP_sha256(), nil)
        precondition(done == 1, "SHA-256 is part of every libcrypto")
        return digest
    }
}
