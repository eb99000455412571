import ArgumentParser
import Engine
import Glibc
import Scripts

/// Makes what the other commands look for: the directory, and a file with settings.
struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make a directory for migrations, and apus.yaml.",
        discussion:
            "What is there already stays as it is, so it can be called again. What was made is printed."
    )

    @Argument(
        help: "The directory. (default: what --migrations says, else migrations)",
        completion: .directory
    )
    var directory: String?

    @Option(
        help: ArgumentHelp(
            "Write the built-in template to this file, to be changed. (default: built in)",
            valueName: "file"
        ),
        completion: .file()
    )
    var template: String?

    @OptionGroup(title: "Files") var files: FileOptions

    func run() throws {
        var flags = files.flags
        flags["template"] = template
        // A file that is to be made cannot be read yet.
        if let config = files.config, unsafe access(config, F_OK) != 0 { flags["config"] = nil as String? }
        if let directory { flags["migrations"] = directory }
        try writing(flags) { configuration throws(WritingFailure) in
            let directories = configuration.migrationDirectories
            let template = configuration.text("template")
            for directory in directories { try makeDirectory(directory) }
            if let template { try makeFile(template, Template.builtInText) }
            try makeFile(
                files.config ?? configuration.text("config") ?? "apus.yaml",
                SettingsFile(directories: directories, template: template).text
            )
            try checkThatFound(directories)
        }
    }

    private func makeDirectory(_ path: String) throws(WritingFailure) {
        guard let number = made(path) else { return show([path]) }
        guard number == EEXIST, isDirectory(path) else { throw .draft(.unwritable(path, errno: number)) }
        remark("\(path) is there already.")
    }

    private func makeFile(_ path: String, _ text: String) throws(WritingFailure) {
        do throws(DraftError) {
            try SourceFile(path: path, bytes: Array(text.utf8)).create()
            show([path])
        } catch {
            guard case .alreadyThere = error else { throw .draft(error) }
            remark(error.description)
        }
    }

    /// The file with settings may be an older one, which says something else.
    private func checkThatFound(_ directories: [String]) throws(WritingFailure) {
        let found = try setting { () throws(SettingError) in
            try Configuration.current(flags: [["config": files.config]], readsDotEnv: true)
                .migrationDirectories
        }
        guard found != directories else { return }
        remark(
            "the settings name \(found.joined(separator: ", ")). "
                + "Correct them, or give --migrations \(directories.joined(separator: ",")) with each command."
        )
    }
}

/// Makes a directory, and those on the way to it.
///
/// - Returns: Why it was not made, or nil.
private func made(_ path: String) -> Int32? {
    guard unsafe mkdir(path, 0o755) != 0 else { return nil }
    let number = errno
    let parent = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    guard number == ENOENT, !parent.isEmpty else { return number }
    if let number = made(parent), number != EEXIST { return number }
    return unsafe mkdir(path, 0o755) == 0 ? nil : errno
}

private func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}
