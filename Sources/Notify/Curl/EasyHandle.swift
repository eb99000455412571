import CLibCurl

/// Owns one transfer of libcurl's, and all that libcurl may touch until it is gone.
struct EasyHandle: ~Copyable {
    let pointer: UnsafeMutableRawPointer
    private let errorBuffer: UnsafeMutablePointer<CChar>
    private let headers: HeaderList
    /// Where the callbacks write. libcurl only borrows it.
    let exchange: Exchange

    init(headers: [(name: String, value: String)], exchange: Exchange) {
        precondition(isCurlStarted, "libcurl cannot be initialised")
        guard let handle = curl_easy_init() else { fatalError("libcurl has no memory for a transfer") }
        pointer = handle
        self.exchange = exchange
        self.headers = HeaderList(headers)
        errorBuffer = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorBuffer.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        check(apus_curl_set_pointer(pointer, CURLOPT_ERRORBUFFER, errorBuffer), CURLOPT_ERRORBUFFER)
        check(apus_curl_set_list(pointer, CURLOPT_HTTPHEADER, self.headers.pointer), CURLOPT_HTTPHEADER)
        listen()
    }

    deinit {
        curl_easy_cleanup(pointer)
        errorBuffer.deallocate()
    }

    func set(_ option: CURLoption, _ value: Int) {
        check(apus_curl_set_long(pointer, option, value), option)
    }

    func set(_ option: CURLoption, _ value: String?) {
        check(apus_curl_set_text(pointer, option, value), option)
    }

    func setBody(_ bytes: [UInt8]) {
        check(apus_curl_set_body(pointer, bytes, curl_off_t(bytes.count)), CURLOPT_COPYPOSTFIELDS)
    }

    /// What libcurl says about its failure in its own words.
    var errorText: String { String(cString: errorBuffer) }

    func number(_ info: CURLINFO) -> Int {
        var value = 0
        apus_curl_get_long(pointer, info, &value)
        return value
    }

    func offset(_ info: CURLINFO) -> Int64 {
        var value: curl_off_t = 0
        apus_curl_get_offset(pointer, info, &value)
        return Int64(value)
    }

    func text(_ info: CURLINFO) -> String? {
        var value: UnsafeMutablePointer<CChar>?
        apus_curl_get_text(pointer, info, &value)
        return value.map { String(cString: $0) }
    }

    private func listen() {
        let context = Unmanaged.passUnretained(exchange).toOpaque()
        for option in [CURLOPT_PRIVATE, CURLOPT_WRITEDATA, CURLOPT_OPENSOCKETDATA] {
            check(apus_curl_set_pointer(pointer, option, context), option)
        }
        check(apus_curl_set_writer(pointer, takeBody), CURLOPT_WRITEFUNCTION)
        check(apus_curl_set_socket_opener(pointer, openSocket), CURLOPT_OPENSOCKETFUNCTION)
    }

    /// An option that is refused is one this libcurl was built without, which no input can cause.
    private func check(_ code: CURLcode, _ option: CURLoption) {
        precondition(code == CURLE_OK, "libcurl refuses option \(option.rawValue): \(code.rawValue)")
    }
}

/// libcurl wants to be initialised once per process.
private let isCurlStarted = apus_curl_start() == CURLE_OK
