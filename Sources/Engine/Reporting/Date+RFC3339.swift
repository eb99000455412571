package import FoundationEssentials
import Glibc

extension Date {
    /// Such as `2026-11-21T03:00:00.000Z`.
    ///
    /// By the C library: Foundation looks for the time zone and makes a calendar first, and every start would wait for that.
    package var rfc3339: String {
        var seconds = time_t(timeIntervalSince1970.rounded(.down))
        let milliseconds = Int((timeIntervalSince1970 - Double(seconds)) * 1000)
        var (parts, text) = unsafe (tm(), [CChar](repeating: 0, count: 32))
        unsafe gmtime_r(&seconds, &parts)
        let length = unsafe strftime(&text, text.count, "%Y-%m-%dT%H:%M:%S", &parts)
        let moment = String(decoding: text[..<length].map(UInt8.init(bitPattern:)), as: UTF8.self)
        return "\(moment).\(String(1000 + milliseconds).dropFirst())Z"
    }
}
