import Engine
import Revisions

/// Runs `body` with what files and database say of each other: a command that reads both, changes nothing, and takes no
/// lock.
///
/// - Parameter flags: Of the options that name the database and the waiting.
func withInspection(
    _ flags: [[String: String?]],
    _ body: (Inspection, Settings) throws(Failure) -> Engine.ExitCode
) throws {
    try withSettings { () throws(SettingError) in
        let configuration = try Configuration.current(flags: flags, readsDotEnv: true)
        let scrubber = Scrubber()
        let settings = try configuration.settings(target: .heads, waitTimeout: .zero, scrubber: scrubber)
        let renderer = TextRenderer(scrubber: scrubber, style: .forStandardError())
        var code = Engine.ExitCode.ok
        let migrator = Migrator(settings, interruption: Apus.interruption) { event in
            if case .failed = event { renderer.show(event) }
        }
        let failure = migrator.attempt { () throws(Failure) in
            code = try body(try migrator.inspect(), settings)
        }
        return failure == .ok ? code : failure
    }
}

/// Runs `body` with every revision of the files, and with what the database says of them where that is asked for: else
/// there need not be one.
func withCatalog(
    _ database: DatabaseOptions,
    _ waiting: WaitOptions,
    readsDatabase: Bool,
    _ body: (Catalog) throws(Failure) -> Void
) throws {
    guard readsDatabase else {
        return try withMigrations(database.flags) { (migrations, _) throws(Failure) in
            try body(Catalog(migrations))
        }
    }
    try withInspection([database.flags, waiting.flags]) { (inspection, _) throws(Failure) in
        try body(Catalog(inspection))
        return .ok
    }
}
