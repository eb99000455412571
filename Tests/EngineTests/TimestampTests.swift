import Engine
import FoundationEssentials
import Testing

@Suite struct TimestampTests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000Z"), (1_795_280_022.0625, "2026-11-21T16:53:42.062Z"),
        (951_782_400.5, "2000-02-29T00:00:00.500Z"), (-0.25, "1969-12-31T23:59:59.750Z"),
        (4_102_444_799.998046875, "2099-12-31T23:59:59.998Z"),
    ])
    func `a moment is written in UTC, to the millisecond`(seconds: Double, text: String) {
        #expect(Date(timeIntervalSince1970: seconds).rfc3339 == text)
    }
}
