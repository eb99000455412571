// What the static libraries can do from inside a Swift executable. Not part of the product.
//
//   probe get URL CA-FILE     one HTTPS request; prints libcurl's result code
//   probe connect CONNINFO    one connection; prints libpq's version, then "ssl" or "plain", or the error
import Glibc

func get(_ url: String, authority: String) -> Int32 {
    curl_global_init(Int(CURL_GLOBAL_DEFAULT))
    guard let handle = curl_easy_init() else { return 1 }
    probe_set_text(handle, CURLOPT_URL, url)
    probe_set_text(handle, CURLOPT_CAINFO, authority)
    probe_set_text(handle, CURLOPT_PROXY, "")
    probe_set_number(handle, CURLOPT_TIMEOUT_MS, 8000)
    probe_set_number(handle, CURLOPT_NOSIGNAL, 1)
    let result = curl_easy_perform(handle)
    print("curl \(result.rawValue) \(String(cString: curl_easy_strerror(result)))")
    curl_easy_cleanup(handle)
    return result == CURLE_OK ? 0 : 1
}

func connect(_ conninfo: String) -> Int32 {
    let connection = PQconnectdb(conninfo)
    defer { PQfinish(connection) }
    guard PQstatus(connection) == CONNECTION_OK else {
        print("libpq \(PQlibVersion()) \(String(cString: PQerrorMessage(connection)))")
        return 1
    }
    print("libpq \(PQlibVersion()) \(PQsslInUse(connection) == 1 ? "ssl" : "plain")")
    return 0
}

let arguments = CommandLine.arguments
switch arguments.dropFirst().first {
case "get": exit(get(arguments[2], authority: arguments[3]))
case "connect": exit(connect(arguments[2]))
default: exit(64)
}
