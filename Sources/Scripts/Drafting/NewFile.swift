import Glibc

extension RevisionDraft {
    /// Writes its files: all of them, or none.
    ///
    /// - Throws: `DraftError.alreadyThere` or `.unwritable`.
    package func write() throws(DraftError) {
        var written: [String] = []
        // The way up last: until then nobody sees a revision.
        for file in files.reversed() {
            do throws(DraftError) {
                try file.create()
            } catch {
                for path in written { unsafe unlink(path) }
                throw error
            }
            written.append(file.path)
        }
    }
}

extension SourceFile {
    /// Writes it where nothing stands yet: under a hidden name, then whole in its place.
    ///
    /// - Throws: `DraftError.alreadyThere` or `.unwritable`.
    package func create() throws(DraftError) {
        let temporary = "\(path.dropLast(name.text.count)).\(name.text).\(UInt32.random(in: .min ... .max))"
        let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .unwritable(path, errno: errno) }
        defer { unsafe unlink(temporary) }
        let code = write(to: descriptor)
        close(descriptor)
        guard code == 0 else { throw .unwritable(path, errno: code) }
        try place(temporary)
    }

    /// A link, unlike a renamed file, never replaces anything. Some mounted file systems have no links.
    private func place(_ temporary: String) throws(DraftError) {
        guard unsafe link(temporary, path) != 0 else { return }
        guard errno != EEXIST, unsafe access(path, F_OK) != 0 else { throw .alreadyThere(path) }
        guard unsafe rename(temporary, path) == 0 else { throw .unwritable(path, errno: errno) }
    }

    /// - Returns: An error number, or zero.
    private func write(to descriptor: Int32) -> Int32 {
        // Readable for everyone: what runs migrations may be another user, in a container.
        guard fchmod(descriptor, 0o644) == 0 else { return errno }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes {
                unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            guard count > 0 else { return errno }
            rest = rest.dropFirst(count)
        }
        return 0
    }
}
