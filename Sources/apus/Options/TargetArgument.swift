import ArgumentParser
import Revisions

/// A target on the command line, or with `--sql` a range.
enum TargetArgument {
    case target(RevisionTarget)
    case range(RevisionRange)

    /// - Throws: `ValidationError` with the words of `RevisionError`.
    static func argument(_ text: String) throws -> TargetArgument {
        text.contains(":")
            ? .range(try RevisionRange.argument(text)) : .target(try RevisionTarget.argument(text))
    }

    /// The target of a command that works on a database.
    ///
    /// - Throws: `ValidationError` for a range.
    var single: RevisionTarget {
        get throws {
            guard case .target(let target) = self else {
                throw ValidationError("a range is for --sql; without it the database says where it is")
            }
            return target
        }
    }
}
