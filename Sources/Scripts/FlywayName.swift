/// What Flyway would read in the name of a file: `V1.2__words.sql`, and what it runs at other times.
struct FlywayName {
    enum Kind {
        case version, other
    }

    let kind: Kind
    /// The parts of the version, of which a repeatable file has none.
    let version: [UInt64]

    /// nil for every other name.
    init?(_ name: FileName) {
        guard name.mayBeFlyway, let kind = name.text.utf8.first, let words = name.text.firstRange(of: "__")
        else { return nil }
        let parts = name.text[..<words.lowerBound].dropFirst().split(omittingEmptySubsequences: false) {
            "._".contains($0)
        }
        let version = parts.compactMap { UInt64($0) }
        guard kind == UInt8(ascii: "R") ? parts == [""] : version.count == parts.count else { return nil }
        (self.kind, self.version) = (kind == UInt8(ascii: "V") ? .version : .other, version)
    }
}
