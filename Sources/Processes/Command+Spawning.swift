import Glibc

extension Command {
    /// Starts `program` as the leader of a new process group.
    ///
    /// - Parameters:
    ///   - output: What becomes its standard output.
    ///   - errors: What becomes its standard error.
    func spawn(_ program: String, output: Int32, errors: Int32) throws(CommandError) -> pid_t {
        try spawn(program, inOwnGroup: true) { body in
            withFileActions(output: output, errors: errors, body)
        }
    }

    /// Starts `program` in our own process group, with our input and output.
    func spawnInForeground(_ program: String) throws(CommandError) -> pid_t {
        try spawn(program, inOwnGroup: false) { body in
            var actions = posix_spawn_file_actions_t()
            posix_spawn_file_actions_init(&actions)
            defer { posix_spawn_file_actions_destroy(&actions) }
            let code = addCloseFrom(&actions, STDERR_FILENO + 1)
            return code == 0 ? body(&actions) : code
        }
    }

    private func spawn(
        _ program: String,
        inOwnGroup: Bool,
        _ withFileActions: ((UnsafePointer<posix_spawn_file_actions_t>) -> Int32) -> Int32
    ) throws(CommandError) -> pid_t {
        try checkForNUL()
        // Inherited as ignored, it would make the kernel throw exit codes away.
        signal(SIGCHLD, SIG_DFL)
        let variables = environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        var child: pid_t = 0
        let code = withFileActions { actions in
            withAttributes(inOwnGroup: inOwnGroup) { attributes in
                withCStrings(arguments) { arguments in
                    withCStrings(variables) { variables in
                        posix_spawn(&child, program, actions, attributes, arguments, variables)
                    }
                }
            }
        }
        guard code == 0 else { throw .notStarted(program, errno: code) }
        return child
    }

    private func checkForNUL() throws(CommandError) {
        for (index, argument) in arguments.enumerated() where argument.utf8.contains(0) {
            throw .containsNUL(in: "argument \(index)")
        }
        for (name, value) in environment where name.utf8.contains(0) || value.utf8.contains(0) {
            throw .containsNUL(in: "the variable \(name.prefix { $0 != "\0" })")
        }
    }

    private func withFileActions(
        output: Int32,
        errors: Int32,
        _ body: (UnsafePointer<posix_spawn_file_actions_t>) -> Int32
    ) -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // In this order nothing overwrites what a later line needs, even if we were started with 0, 1 or 2 closed:
        // both ends of both pipes are different, and those of the second pipe were the last to be given out.
        var codes = [
            posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO),
            posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO),
            posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0),
            addCloseFrom(&actions, STDERR_FILENO + 1),
        ]
        if let workingDirectory { codes.append(addChangeDirectory(&actions, workingDirectory)) }
        return codes.first { $0 != 0 } ?? body(&actions)
    }
}

private func withAttributes(inOwnGroup: Bool, _ body: (UnsafePointer<posix_spawnattr_t>) -> Int32) -> Int32 {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    var all = sigset_t()
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    // We ignore SIGPIPE, and an ignored signal stays ignored in what is executed: `pg_dump | head` would not end.
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setpgroup(&attributes, 0)
    let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | (inOwnGroup ? POSIX_SPAWN_SETPGROUP : 0)
    posix_spawnattr_setflags(&attributes, Int16(flags))
    return body(&attributes)
}

/// Gives `body` the strings as C has them: a list of pointers that ends with a null pointer.
private func withCStrings(
    _ strings: [String],
    _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Int32
) -> Int32 {
    var pointers = strings.map { strdup($0) }
    pointers.append(nil)
    defer { for pointer in pointers { free(pointer) } }
    return body(pointers)
}

// The Glibc module is built without _GNU_SOURCE and does not have these (2.34 and 2.29). Integers and pointers are passed
// alike in C and Swift.
@_silgen_name("posix_spawn_file_actions_addclosefrom_np")
private func addCloseFrom(_ actions: UnsafeMutablePointer<posix_spawn_file_actions_t>, _ first: Int32)
    -> Int32

@_silgen_name("posix_spawn_file_actions_addchdir_np")
private func addChangeDirectory(
    _ actions: UnsafeMutablePointer<posix_spawn_file_actions_t>,
    _ path: UnsafePointer<CChar>
) -> Int32
