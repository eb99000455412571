import CLibCurl

/// A request that got no answer.
struct Breakage {
    let code: CURLcode
    /// libcurl's words; they may quote the URL.
    let detail: String
    /// Whether the request was on its way, so that the receiver may have acted on it.
    let wasSent: Bool
    let blockedAddress: IPAddress?

    /// What it means for the next attempt: certificates and configuration do not mend themselves, networks do.
    var failure: Failure {
        if let blockedAddress { return Failure(.blockedAddress("\(blockedAddress)"), retry: .never) }
        return Failure(cause, retry: retry)
    }

    private var cause: DeliveryError.Cause {
        switch code {
        case CURLE_PEER_FAILED_VERIFICATION: .certificateRefused(detail)
        case CURLE_SSL_CACERT_BADFILE: .certificateAuthoritiesUnusable(detail)
        default: .connection(detail)
        }
    }

    private var retry: Failure.Retry {
        switch code {
        case CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT,
            CURLE_OPERATION_TIMEDOUT, CURLE_HTTP2, CURLE_HTTP2_STREAM, CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING,
            CURLE_SEND_ERROR, CURLE_RECV_ERROR:
            wasSent ? .ifHarmless : .always
        case CURLE_SSL_CONNECT_ERROR, CURLE_PROXY: .once
        default: .never
        }
    }
}
