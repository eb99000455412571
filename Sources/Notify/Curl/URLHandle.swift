import CLibCurl
import FoundationEssentials

/// Owns a parsed URL of libcurl's.
struct URLHandle: ~Copyable {
    private let pointer: OpaquePointer

    /// - Returns: nil if libcurl cannot parse the text.
    init?(_ text: String) {
        guard let handle = curl_url() else { return nil }
        let flags = UInt32(CURLU_NON_SUPPORT_SCHEME)
        guard curl_url_set(handle, CURLUPART_URL, text, flags) == CURLUE_OK else {
            curl_url_cleanup(handle)
            return nil
        }
        pointer = handle
    }

    deinit {
        curl_url_cleanup(pointer)
    }

    /// One part as it was written, or with its percent escapes resolved; nil if the URL does not have it.
    func part(_ part: CURLUPart, decoded: Bool = false) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        let flags = decoded ? UInt32(CURLU_URLDECODE) : 0
        guard curl_url_get(pointer, part, &text, flags) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }

    /// Whatever in the URL may be a credential: chat services put theirs into the path, others into the query.
    var secrets: [String] {
        secrets(decoded: false) + secrets(decoded: true) + [basicCredentials].compactMap(\.self)
    }

    private func secrets(decoded: Bool) -> [String] {
        let path = part(CURLUPART_PATH, decoded: decoded) ?? ""
        let query = part(CURLUPART_QUERY, decoded: decoded) ?? ""
        let user = [CURLUPART_USER, CURLUPART_PASSWORD].compactMap { part($0, decoded: decoded) }
        let segments = path.split(separator: "/").map(String.init)
        let values = query.split { "&=".contains($0) }.map(String.init)
        return [path, query] + user + segments + values
    }

    /// What libcurl makes of user and password for the header of HTTP's basic authentication.
    private var basicCredentials: String? {
        guard let user = part(CURLUPART_USER, decoded: true) else { return nil }
        let password = part(CURLUPART_PASSWORD, decoded: true) ?? ""
        return Data("\(user):\(password)".utf8).base64EncodedString()
    }
}
