import CLibCurl

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
        // A receiver may ask for 292 billion years, which nothing can be added to.
        let seconds = min(handle.offset(CURLINFO_RETRY_AFTER), 365 * 86_400)
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
