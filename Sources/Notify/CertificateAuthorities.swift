import Glibc

/// Whose certificates are believed: one PEM file, found once.
///
/// libcurl reads no environment variable for this (only its command line tool does), and a static libcurl knows one
/// path, which an image need not have.
package struct CertificateAuthorities: Sendable {
    /// The file, or nil to leave the choice to libcurl.
    package let file: String?

    /// - Parameters:
    ///   - chosen: What the user set as `APUS_CA_FILE`. It wins, even if there is no such file: that is then an error.
    ///   - environment: Looks up `SSL_CERT_FILE` and `CURL_CA_BUNDLE`, in this order.
    package init(chosen: String?, environment: (String) -> String?) {
        let named = [chosen, environment("SSL_CERT_FILE"), environment("CURL_CA_BUNDLE")]
        file = named.compactMap(\.self).first { !$0.isEmpty } ?? usualFiles.first { access($0, R_OK) == 0 }
    }
}

/// Where distributions keep the bundle, in the order in which Go looks (crypto/x509, root_linux.go).
private let usualFiles = [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/pki/tls/cacert.pem",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ssl/cert.pem",
]
