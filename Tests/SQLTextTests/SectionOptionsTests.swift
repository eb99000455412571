import Testing

@testable import SQLText

@Suite struct SectionOptionsTests {
    @Test(arguments: [
        ("", SectionOptions()),
        ("  \t ", SectionOptions()),
        (" transaction:false", SectionOptions(transaction: false)),
        (" transaction:true\r", SectionOptions(transaction: true)),
        (
            "\tlock_timeout:2s  statement_timeout:0",
            SectionOptions(lockTimeout: .seconds(2), statementTimeout: .zero)
        ),
        (
            " statement_timeout:10m transaction:false lock_timeout:500ms",
            SectionOptions(
                transaction: false,
                lockTimeout: .milliseconds(500),
                statementTimeout: .seconds(600)
            )
        ),
    ])
    func `options follow the marker`(words: String, expected: SectionOptions) throws {
        let script = try script("-- migrate:up\(words)\nselect 1;")
        #expect(script.sections.map(\.options) == [expected])
    }

    @Test func `each section has its own options`() throws {
        let script = try script("-- migrate:up transaction:false\n-- migrate:down lock_timeout:1s\n")
        #expect(script.sections.map(\.options.transaction) == [false, nil])
        #expect(script.sections.map(\.options.lockTimeout) == [nil, .seconds(1)])
    }

    @Test(arguments: [
        ("500ms", Duration.milliseconds(500)), ("2s", .seconds(2)), ("10m", .seconds(600)),
        ("1h", .seconds(3600)),
        ("0", .zero), ("0s", .zero), ("2147483647ms", .milliseconds(2_147_483_647)),
    ])
    func `a timeout is a number and a unit`(spelling: String, expected: Duration) {
        #expect(Duration(timeout: spelling) == expected)
    }

    @Test(arguments: [
        "", "s", "soon", "5", "-1s", "+1s", "1.5s", "1 s", "1S", "1sec", "2147483648ms", "600h",
        "99999999999h", "١s",
    ])
    func `anything else is no timeout`(spelling: String) {
        #expect(Duration(timeout: spelling) == nil)
    }
}
