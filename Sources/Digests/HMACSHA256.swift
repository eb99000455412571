import CCrypto

/// HMAC with SHA-256 (RFC 2104), by OpenSSL's libcrypto.
package enum HMACSHA256 {
    /// The 32 bytes of the code that authenticates `message` under `key`.
    package static func code(for message: [UInt8], key: [UInt8]) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: 32)
        let result = HMAC(EVP_sha256(), key, Int32(key.count), message, message.count, &code, nil)
        precondition(result != nil, "HMAC-SHA-256 is part of every libcrypto")
        return code
    }
}
