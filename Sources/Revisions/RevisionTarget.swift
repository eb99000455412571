/// Where an upgrade is to end, as a person writes it.
package enum RevisionTarget: Hashable, Sendable {
    /// `head`: the only head.
    case head
    /// `heads`: all of them.
    case heads
    /// A revision, the beginning of its ID, or a branch label.
    case named(String)
    /// `label@head`: the head of a branch.
    case headOf(String)
    /// `+N`: so many steps up from here.
    case stepsUp(Int)

    /// - Throws: `RevisionError.malformedTarget`.
    package init(parsing text: String) throws(RevisionError) {
        switch text {
        case "head": self = .head
        case "heads": self = .heads
        default: self = try Self.compound(text)
        }
    }

    private static func compound(_ text: String) throws(RevisionError) -> RevisionTarget {
        if text.hasPrefix("+") {
            guard let steps = Int(text.dropFirst()), steps > 0 else { throw .malformedTarget(text) }
            return .stepsUp(steps)
        }
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        if parts.count == 2, !parts[0].isEmpty, parts[1] == "head" || parts[1] == "heads" {
            return .headOf(String(parts[0]))
        }
        guard parts.count == 1, !text.isEmpty, !text.contains(where: { " :+".contains($0) }) else {
            throw .malformedTarget(text)
        }
        return .named(text)
    }
}

extension RevisionTarget: CustomStringConvertible {
    package var description: String {
        switch self {
        case .head: "head"
        case .heads: "heads"
        case .named(let name): name
        case .headOf(let name): "\(name)@head"
        case .stepsUp(let steps): "+\(steps)"
        }
    }
}
