package import FoundationEssentials

extension Date {
    /// Such as `2026-11-21T03:00:00.000Z`.
    package var rfc3339: String {
        formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}
