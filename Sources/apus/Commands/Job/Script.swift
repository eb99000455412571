import Database
import Engine
import Glibc
import Revisions
import Waiting

/// Prints a script instead of changing a database, which need not be there.
func printScript(
    _ flags: [[String: String?]],
    _ direction: Plan.Direction = .up,
    _ make: (Migrator, Product) throws(Failure) -> [UInt8]
) throws {
    try withSettings { () throws(SettingError) in
        let configuration = try Configuration.current(flags: flags, readsDotEnv: true)
        let (settings, product) = try configuration.scriptSettings(direction)
        let renderer = TextRenderer(scrubber: Scrubber(), style: .forStandardError())
        let migrator = neverFreed(Migrator(settings, interruption: .none, observe: renderer.show))
        var isWritten = true
        let code = migrator.attempt { () throws(Failure) in
            isWritten = write(String(decoding: try make(migrator, product), as: UTF8.self), to: STDOUT_FILENO)
        }
        guard !isWritten else { return code }
        unsafe remark("the script cannot be written: \(String(cString: strerror(errno)))")
        return .error
    }
}
