import Glibc

extension Command {
    /// The file to execute: the first one in PATH that may be, or what the name says when it has a slash.
    ///
    /// A relative entry of PATH, and an empty one, is passed over: what a hook runs must not depend on where it runs.
    func program() throws(CommandError) -> String {
        guard let name = arguments.first, !name.isEmpty else { throw .noProgram }
        try checkWorkingDirectory()
        return name.contains("/") ? try checked(name) : try lookedUp(name)
    }

    private func checkWorkingDirectory() throws(CommandError) {
        guard let workingDirectory else { return }
        guard kind(of: workingDirectory) == S_IFDIR, access(workingDirectory, X_OK) == 0 else {
            throw .noSuchDirectory(workingDirectory)
        }
    }

    private func checked(_ path: String) throws(CommandError) -> String {
        let place = path.hasPrefix("/") ? path : (workingDirectory ?? ".") + "/" + path
        guard kind(of: place) != nil else { throw .noSuchFile(path) }
        guard isExecutable(place) else { throw .notExecutable(path) }
        return path
    }

    private func lookedUp(_ name: String) throws(CommandError) -> String {
        guard let path = environment["PATH"] else { throw .notFound(name, path: nil) }
        let places = path.split(separator: ":").filter { $0.hasPrefix("/") }.map { "\($0)/\(name)" }
        if let place = places.first(where: isExecutable) { return place }
        if let place = places.first(where: { kind(of: $0) == S_IFREG }) { throw .notExecutable(place) }
        throw .notFound(name, path: path)
    }
}

private func isExecutable(_ path: String) -> Bool {
    kind(of: path) == S_IFREG && access(path, X_OK) == 0
}

/// The file type bits of what is at `path`, or nil when there is nothing.
private func kind(of path: String) -> mode_t? {
    var facts = stat()
    return stat(path, &facts) == 0 ? facts.st_mode & S_IFMT : nil
}
