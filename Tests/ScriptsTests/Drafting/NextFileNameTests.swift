import Testing

@testable import Scripts

@Suite struct NextFileNameTests {
    /// 2026-11-21 03:00:00
    private let now = CreationTime(seconds: 1_795_230_000)

    private func next(after name: String) -> String? {
        NextFileName(after: FileName(name), prefix: nil, slug: "b", at: now)?.stem
    }

    @Test(arguments: [
        ("0011_a.sql", "0012_b"), ("9_a.sql", "10_b"), ("0999_a.sql", "1000_b"), ("1-a.sql", "2-b"),
        ("000001_a.up.sql", "000002_b"), ("7.sql", "8_b"), ("V1__a.sql", "V2__b"),
        ("V1.9__a.sql", "V1.10__b"),
        ("99999999999999999999999_a.sql", "100000000000000000000000_b"),
    ])
    func `a number is counted on, as wide as the last one`(last: String, next: String) {
        #expect(self.next(after: last) == next)
    }

    @Test(arguments: [
        ("20250101000000_a.sql", "20261121030000_b"), ("20261121030000_a.sql", "20261121030001_b"),
        ("20271231235959_a.sql", "20280101000000_b"), ("20250101_a.sql", "20261121_b"),
        ("20261121_a.sql", "20261122_b"), ("2026-11-30_a.sql", "2026-12-01_b"),
        ("2025-01-01-a.sql", "2026-11-21-b"),
    ])
    func `a time or day is the present, and later than the last one`(last: String, next: String) {
        #expect(self.next(after: last) == next)
    }

    @Test(arguments: [
        ("20261341000000_a.sql", "20261341000001_b"), ("20260231_a.sql", "20260232_b"),
        ("00000001_a.sql", "00000002_b"), ("1700000000_a.sql", "1700000001_b"),
    ])
    func `digits that are no date are a number`(last: String, next: String) {
        #expect(self.next(after: last) == next)
    }

    @Test(arguments: ["init.sql", "add_users.sql"])
    func `without a number there is nothing to count on from`(last: String) {
        #expect(next(after: last) == nil)
    }

    @Test func `a time is written as headers and names have it`() {
        #expect(now.description == "2026-11-21 03:00:00+00:00")
        #expect(now.digits == "20261121030000")
        #expect(CreationTime(digits: "20261121030000") == now)
        for digits in ["20260231", "2026112103000", "2026112103000x", "20261121240000", "２０２６１１２１"] {
            #expect(CreationTime(digits: digits) == nil)
        }
    }
}
