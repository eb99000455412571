/// An event in words, for the kinds of endpoint that people read.
package struct Summary: Sendable {
    /// Whether the reader has to do something.
    package enum Outcome: Sendable {
        case ok, failed, neutral
    }

    /// One name with its value, such as the run's id or the revision it came to.
    package struct Fact: Sendable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package let title: String
    package let outcome: Outcome
    package let facts: [Fact]
    package let errorText: String?
    package let footer: String

    /// - Parameters:
    ///   - title: One line, such as "Migration failed: appdb".
    ///   - outcome: Chooses the sign or the colour beside the title.
    ///   - facts: The most important one first: a kind with little room shows the first ones only.
    ///   - errorText: What went wrong, verbatim; shown in a fixed-width block.
    ///   - footer: Who says so: the program, its version, the host.
    package init(title: String, outcome: Outcome, facts: [Fact], errorText: String?, footer: String) {
        self.title = title
        self.outcome = outcome
        self.facts = facts
        self.errorText = errorText
        self.footer = footer
    }
}
