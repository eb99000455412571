import CLibCurl
import Waiting

extension EasyHandle {
    /// Where it may go, and how long it may take.
    func limitTo(_ request: Request) {
        set(CURLOPT_PROTOCOLS_STR, "http,https")
        // Followed, a redirect would take the signature and every other header of ours to another host.
        set(CURLOPT_FOLLOWLOCATION, 0)
        set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
        set(CURLOPT_NOSIGNAL, 1)
        // Without it, a timeout during name resolution waits for the resolver: 10 s instead of 2 s were measured.
        set(CURLOPT_QUICK_EXIT, 1)
        set(CURLOPT_CONNECTTIMEOUT_MS, Int(max(1, request.connectTimeout.milliseconds)))
        set(CURLOPT_TIMEOUT_MS, Int(max(1, request.timeout.milliseconds)))
    }

    /// Whom it believes. Verification itself is libcurl's default and has no switch here.
    func prepareTLS(_ request: Request) {
        set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        guard let file = request.certificateAuthorities else { return }
        set(CURLOPT_CAINFO, file)
        // Distributions build a directory in, which would be believed as well.
        set(CURLOPT_CAPATH, nil)
    }
}
