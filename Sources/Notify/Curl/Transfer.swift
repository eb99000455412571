import CLibCurl
import Waiting

/// One request under way. Letting go of it ends it, wherever it is.
final class Transfer {
    private let loop: TransferLoop
    private let handle: EasyHandle

    init(_ request: Request, on loop: TransferLoop) {
        self.loop = loop
        let exchange = Exchange(allowsLinkLocal: request.allowsLinkLocal)
        // An empty Expect takes away the pause that libcurl makes before it sends a long body.
        let headers = [("Content-Type", "application/json"), ("Expect", "")] + request.headers
        handle = EasyHandle(headers: headers, exchange: exchange)
        handle.limitTo(request)
        handle.prepareTLS(request)
        handle.set(CURLOPT_URL, request.url)
        handle.set(CURLOPT_USERAGENT, request.userAgent)
        handle.set(CURLOPT_POST, 1)
        handle.setBody(request.body)
        curl_multi_add_handle(loop.pointer, handle.pointer)
    }

    deinit {
        curl_multi_remove_handle(loop.pointer, handle.pointer)
    }

    /// How it ended, or nil while it runs. An answer that was too long counts as far as it was read.
    var ending: TransferEnding? {
        handle.exchange.result.map { code in
            code == CURLE_OK || (code == CURLE_WRITE_ERROR && handle.exchange.isFull)
                ? .answered(answer) : .broken(breakage(code))
        }
    }

    private var answer: Answer {
        let seconds = handle.offset(CURLINFO_RETRY_AFTER)
        return Answer(
            status: handle.number(CURLINFO_RESPONSE_CODE),
            body: handle.exchange.body,
            // libcurl drops the fraction of a second that some receivers send.
            retryAfter: seconds > 0 ? .seconds(seconds + 1) : nil,
            redirectOrigin: handle.text(CURLINFO_REDIRECT_URL).flatMap(WebURL.init)?.origin
        )
    }

    private func breakage(_ code: CURLcode) -> Breakage {
        let detail = handle.errorText
        return Breakage(
            code: code,
            detail: detail.isEmpty ? String(cString: curl_easy_strerror(code)) : detail,
            wasSent: handle.offset(CURLINFO_PRETRANSFER_TIME_T) > 0,
            blockedAddress: handle.exchange.blockedAddress
        )
    }
}

/// How a transfer ended: with an answer, or without.
enum TransferEnding {
    case answered(Answer)
    case broken(Breakage)
}

extension EasyHandle {
    /// Where it may go, and how long it may take.
    fileprivate func limitTo(_ request: Request) {
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
    fileprivate func prepareTLS(_ request: Request) {
        set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        guard let file = request.certificateAuthorities else { return }
        set(CURLOPT_CAINFO, file)
        // Distributions build a directory in, which would be believed as well.
        set(CURLOPT_CAPATH, nil)
    }
}
