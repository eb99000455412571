import Processes

extension Configuration.Found {
    /// The value as a program and its arguments; no shell is involved.
    ///
    /// - Throws: `SettingError`.
    func arguments() throws(SettingError) -> [String] {
        do throws(ArgumentError) {
            return try ArgumentSplitter.split(text)
        } catch {
            throw .conflict("\(source): \(error)")
        }
    }
}
