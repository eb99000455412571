import CLibCurl

/// Owns a list of header lines for libcurl.
struct HeaderList: ~Copyable {
    let pointer: UnsafeMutablePointer<curl_slist>?

    /// - Parameter headers: libcurl sends them as they are, so a line break would start a header of its own. Values that
    ///   come from outside are checked where they are read; here it is only made sure.
    init(_ headers: [(name: String, value: String)]) {
        pointer = headers.reduce(nil) { list, header in
            let line = "\(header.name): \(header.value)"
            precondition(line.utf8.allSatisfy { $0 >= 0x20 }, "a header's value is one line")
            return curl_slist_append(list, line)
        }
    }

    deinit {
        curl_slist_free_all(pointer)
    }
}
