import ArgumentParser
import Revisions

extension RevisionTarget {
    /// A target on the command line.
    ///
    /// - Throws: `ValidationError` with the words of `RevisionError`.
    static func argument(_ text: String) throws -> RevisionTarget {
        do throws(RevisionError) {
            return try RevisionTarget(parsing: text)
        } catch {
            throw ValidationError(error.description)
        }
    }
}

extension RevisionRange {
    /// A range on the command line.
    ///
    /// - Throws: `ValidationError` with the words of `RevisionError`.
    static func argument(_ text: String) throws -> RevisionRange {
        do throws(RevisionError) {
            return try RevisionRange(parsing: text)
        } catch {
            throw ValidationError(error.description)
        }
    }
}
