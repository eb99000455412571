import Revisions

extension Revision.ID {
    /// How many bytes an ID may have: what the column of `alembic_version` takes.
    private static let limit = 32

    /// Twelve hexadecimal digits, as Alembic's. The first one is a letter: nobody, YAML least of all, takes it for a number.
    ///
    /// - Parameter names: Of what there is. None begins with the new ID, nor the other way round; those of up to three
    ///   characters, which must be written in full anyway, do not count.
    static func random(
        beside names: [String],
        using generator: inout some RandomNumberGenerator
    ) -> Revision.ID {
        let names = names.filter { $0.utf8.count > 3 }
        while true {
            let letter = String(UInt8.random(in: 10...15, using: &generator), radix: 16)
            let digits = (1..<12).map { _ in String(UInt8.random(in: 0...15, using: &generator), radix: 16) }
            let id = letter + digits.joined()
            if !names.contains(where: { id.hasPrefix($0) || $0.hasPrefix(id) }) { return Self(rawValue: id) }
        }
    }

    /// An ID that somebody has chosen: it becomes a part of a file's name, and can be written in a target.
    ///
    /// - Throws: `DraftError.unusableName`.
    init(chosen name: String) throws(DraftError) {
        guard isUsable(name), name.utf8.count <= Self.limit else { throw .unusableName(name, as: .id) }
        self.init(rawValue: name)
    }
}

/// A name for a branch that can be written in a header and in a target.
///
/// - Throws: `DraftError.unusableName`.
func checkedLabel(_ name: String) throws(DraftError) -> String {
    guard isUsable(name) else { throw .unusableName(name, as: .label) }
    return name
}

/// Letters, digits, "_" and "." behind a letter or digit, and no word that means something else where names stand.
private func isUsable(_ name: String) -> Bool {
    guard let first = name.first, first.isLetter || first.isNumber,
        name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." })
    else { return false }
    return !["head", "heads", "base", "current", "none"].contains(name.lowercased())
}
