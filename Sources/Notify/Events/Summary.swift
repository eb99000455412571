/// An event in words, for the kinds of endpoint that people read.
package struct Summary: Sendable {
    /// Whether the reader has to do something.
    package enum Outcome: Sendable {
        case ok, failed, neutral
    }

    /// One name with its value, such as the run's id or the revision it came to.
    package struct Fact: Sendable {
        /// What stands in bold.
        package let name: String
        /// What stands below it.
        package let value: String

        /// A name with its value.
        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// One line, such as "Migration failed: appdb".
    package let title: String
    /// Chooses the sign or the colour beside the title.
    package let outcome: Outcome
    /// The most important one first: a kind with little room shows the first ones only.
    package let facts: [Fact]
    /// What went wrong, verbatim; shown in a block of fixed width.
    package let errorText: String?
    /// Who says so: the program, its version, the host.
    package let footer: String

    /// Takes the words as they are: each kind escapes and cuts them for itself.
    package init(title: String, outcome: Outcome, facts: [Fact], errorText: String?, footer: String) {
        self.title = title
        self.outcome = outcome
        self.facts = facts
        self.errorText = errorText
        self.footer = footer
    }
}
