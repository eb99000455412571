package import Database
package import Waiting

/// Waits until a database file can be opened: a volume may still be on its way, another process may have the file for itself.
package struct FileWait {
    package let file: () throws(DatabaseError) -> DatabaseFile
    package let name: String
    package let wait: SessionWait
    package let readOnly: Bool

    /// - Parameters:
    ///   - file: Asked before every attempt.
    ///   - name: How the lock file calls the holder.
    ///   - readOnly: Whether a session that can only read will do; then the file is not made.
    package init(
        file: @escaping () throws(DatabaseError) -> DatabaseFile,
        name: String,
        deadline: Deadline,
        grace: Duration,
        interruption: Interruption,
        readOnly: Bool = false
    ) {
        self.file = file
        self.name = name
        wait = SessionWait(
            deadline: deadline,
            grace: grace,
            interruption: interruption,
            classify: Self.failureClass
        )
        self.readOnly = readOnly
    }

    /// - Parameter isPointless: Asked after every attempt that failed; when it says so, that failure is thrown.
    /// - Throws: `Unavailability`.
    package func run(
        unless isPointless: () -> Bool = { false },
        observe: SessionWait.Progress
    ) throws(Unavailability) -> SQLiteSession {
        try wait.run(
            unless: isPointless,
            { () throws(DatabaseError) in
                try SQLiteSession.open(
                    try file(),
                    as: name,
                    interruption: wait.interruption,
                    readOnly: readOnly
                )
            },
            observe: observe
        )
    }

    /// An owner may be just about to be changed; a missing directory or a file of another kind stays what it is.
    private static func failureClass(_ error: DatabaseError) -> FailureClass {
        switch error.kind {
        case .configuration: .permanent(.configuration)
        case .server(.insufficientPrivilege): .graced(.denied)
        default: .transient
        }
    }
}
