import ArgumentParser
import Engine
import Glibc
import Scripts

/// Runs `body` with the migrations that the options name: a command that needs no database.
///
/// - Parameter flags: Of `FileOptions`.
func withMigrations(
    _ flags: [String: String?],
    _ body: (MigrationSet, Configuration) throws(Failure) -> Void
) throws {
    try withSettings { () throws(SettingError) in
        let configuration = try Configuration.current(flags: [flags], readsDotEnv: true)
        do throws(Failure) {
            try body(try readMigrations(configuration), configuration)
            return .ok
        } catch {
            remark(error.description)
            return error.exitCode
        }
    }
}

private func readMigrations(_ configuration: Configuration) throws(Failure) -> MigrationSet {
    do throws(ScriptError) {
        return try MigrationSet.read(from: configuration.migrationDirectories)
    } catch {
        throw .scripts(error)
    }
}
