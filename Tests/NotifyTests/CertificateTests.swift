import Foundation
import Testing

@testable import Notify

@Suite struct CertificateTests {
    @Test func `a receiver whose CA is given is believed`() throws {
        try withTLSReceiver(host: "127.0.0.1") { port, authority in
            let result = try deliver(
                to: endpoint("json", port: port, scheme: "https"),
                authorities: authority
            )
            #expect(result.outcome == .delivered)
        }
    }

    @Test func `a receiver of another CA is refused for good, with a hint`() throws {
        try withTLSReceiver(host: "127.0.0.1") { port, _ in
            try withTLSReceiver(host: "127.0.0.1") { _, other in
                let result = try deliver(
                    to: endpoint("json", port: port, scheme: "https"),
                    authorities: other
                )
                #expect(result.attempts == 1)
                #expect(result.error?.contains("APUS_CA_FILE") == true)
            }
        }
    }

    @Test func `a receiver with the certificate of another host is refused for good`() throws {
        try withTLSReceiver(host: "127.0.0.2") { port, authority in
            let result = try deliver(
                to: endpoint("json", port: port, scheme: "https"),
                authorities: authority
            )
            #expect(result.outcome == .failed)
            #expect(result.attempts == 1)
        }
    }

    @Test func `a CA file that is not there is named`() throws {
        try withTLSReceiver(host: "127.0.0.1") { port, _ in
            let result = try deliver(
                to: endpoint("json", port: port, scheme: "https"),
                authorities: "/nowhere/ca.pem"
            )
            #expect(result.attempts == 1)
            #expect(result.error?.contains("/nowhere/ca.pem") == true)
        }
    }

    @Test func `the CA file is the one chosen, else the one of the environment`() {
        let both = ["SSL_CERT_FILE": "/a", "CURL_CA_BUNDLE": "/b"]
        #expect(CertificateAuthorities(chosen: "/c") { both[$0] }.file == "/c")
        #expect(CertificateAuthorities(chosen: nil) { both[$0] }.file == "/a")
        #expect(
            CertificateAuthorities(chosen: "") { ["CURL_CA_BUNDLE": "/b", "SSL_CERT_FILE": ""][$0] }.file
                == "/b"
        )
    }
}

/// Runs Python's HTTPS server with a certificate for `host`, from a CA made for it.
private func withTLSReceiver(host: String, _ body: (_ port: UInt16, _ authority: String) throws -> Void)
    throws
{
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    _ = try Command.output(of: "sh", ["-ec", makeCertificates, "sh", folder, host])
    let (server, output) = try Command.start("python3", ["-uc", serve, "\(folder)/server.pem"])
    defer { server.terminate() }
    let port = String(decoding: output.availableData, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        .first
    try body(#require(port.flatMap { UInt16($0) }), "\(folder)/ca.pem")
}

private let makeCertificates = """
    cd "$1"
    new="-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2"
    openssl req -x509 $new -subj "/CN=Test CA $$" -keyout ca.key -out ca.pem
    openssl req $new -subj "/CN=receiver" -keyout server.key -out server.csr
    echo "subjectAltName=IP:$2" > names
    openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -extfile names -days 2 -out server.crt
    cat server.key server.crt > server.pem
    """

private let serve = """
    import http.server, ssl, sys
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(204)
            self.end_headers()
    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[1])
    server.socket = context.wrap_socket(server.socket, server_side=True)
    print(server.server_port)
    server.serve_forever()
    """
