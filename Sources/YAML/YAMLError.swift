/// Why a YAML text is not a plain mapping.
package struct YAMLError: Error, Hashable, Sendable {
    /// From 1.
    package let line: Int
    package let message: String

    package init(line: Int, message: String) {
        self.line = line
        self.message = message
    }
}
