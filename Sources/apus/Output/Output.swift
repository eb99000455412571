import Engine
import Glibc

/// Where a run is shown: short lines for people on standard error, or one JSON object a line on standard output.
enum Output {
    case text(TextRenderer)
    case json(JSONRenderer)

    /// - Throws: `SettingError` for a format that there is not.
    init(_ configuration: Configuration, scrubber: Scrubber, runID: String) throws(SettingError) {
        let format = try configuration.value("log-format", expected: "auto, text or json") {
            Format(rawValue: $0)
        }
        switch format ?? .auto {
        case .text: self = .text(TextRenderer(scrubber: scrubber, style: .forStandardError()))
        case .json: self = .json(JSONRenderer(scrubber: scrubber, runID: runID))
        case .auto where isatty(STDERR_FILENO) == 1:
            self = .text(TextRenderer(scrubber: scrubber, style: .forStandardError()))
        case .auto: self = .json(JSONRenderer(scrubber: scrubber, runID: runID))
        }
    }

    private enum Format: String { case auto, text, json }

    func show(_ event: Event) {
        switch self {
        case .text(let renderer): renderer.show(event)
        case .json(let renderer): renderer.show(event)
        }
    }

    /// The end of a run: in JSON the report itself, as the last line.
    func show(_ report: Report) {
        switch self {
        case .text(let renderer): renderer.show(report)
        case .json(let renderer): renderer.show(report)
        }
    }
}

/// Writes whole, whatever the descriptor's buffer takes at a time.
///
/// - Returns: Whether all of it was taken.
@discardableResult
func write(_ text: String, to descriptor: Int32) -> Bool {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
        let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        rest = rest.dropFirst(count)
    }
    return true
}
