import Revisions
import Waiting

/// How the files of a directory make a history.
///
/// A file with a header tells its own place. Files without one follow each other in the order of their names: a directory
/// of dbmate's, or of numbered SQL files. `….up.sql` and `….down.sql` of the same name are one revision.
struct Layout {
    private(set) var migrations: [Migration] = []
    /// Names without a number in a directory where others have one: notes, seeds, a dumped schema.
    private(set) var ignored: [String] = []

    private var previous: Revision.ID?

    /// - Throws: `ScriptError.withoutRevision`.
    init(_ files: [SourceFile]) throws(ScriptError) {
        let all = inParallel(files) { $0.map { Entry($0) } }.flatMap { $0 }
        let entries = Self.inOrder(all.filter { !$0.name.isDown })
        let downs = Dictionary(all.filter(\.name.isDown).map { ($0.name.stem, $0.file) }) { first, _ in first
        }
        let isNumbered = entries.contains { !$0.header.isPresent && $0.name.isNumbered }
        let shared = Self.sharedNumbers(in: entries)
        migrations.reserveCapacity(entries.count)
        for entry in entries {
            guard entry.header.isPresent || entry.name.isNumbered || !isNumbered else {
                ignored.append(String(entry.file.name))
                continue
            }
            let isShared = shared.contains(entry.name.revision)
            let id = entry.header.id ?? (isShared ? entry.name.uniqueRevision : entry.name.revision)
            guard !id.isEmpty else { throw .withoutRevision(file: entry.file.path) }
            migrations.append(migration(Revision.ID(rawValue: id), entry, down: downs[entry.name.stem]))
        }
    }

    private mutating func migration(_ id: Revision.ID, _ entry: Entry, down: SourceFile?) -> Migration {
        let header = entry.header
        let named = header.parents.map { $0.map { Revision.ID(rawValue: $0) } }
        let revision = Revision(
            id: id,
            parents: named ?? (header.isPresent ? [] : previous.map { [$0] } ?? []),
            dependencies: header.dependencies,
            labels: header.labels,
            file: entry.file.path
        )
        if !header.isPresent { previous = id }
        let title = header.isPresent ? header.title : nil
        return Migration(
            revision: revision,
            title: title ?? entry.name.words,
            up: entry.file,
            checksum: entry.checksum,
            down: down
        )
    }

    /// The way people read numbered files. Where dbmate's markers show that dbmate has run the directory, by name alone,
    /// byte for byte, as dbmate does. Most directories have names for which both are the same.
    private static func inOrder(_ entries: [Entry]) -> [Entry] {
        let byBytes = entries.sorted { $0.name.precedesByBytes($1.name) }
        let isNatural = zip(byBytes, byBytes.dropFirst()).allSatisfy { !$1.name.precedesNaturally($0.name) }
        if isNatural || byBytes.contains(where: \.hasMarker) { return byBytes }
        return byBytes.sorted { $0.name.precedesNaturally($1.name) }
    }

    /// Numbers that several plain files begin with. dbmate has no such thing, and neither have files with a header.
    private static func sharedNumbers(in entries: [Entry]) -> Set<String> {
        var seen = Set<String>(minimumCapacity: entries.count)
        var shared: Set<String> = []
        for entry in entries where !entry.header.isPresent && !seen.insert(entry.name.revision).inserted {
            shared.insert(entry.name.revision)
        }
        return shared.isEmpty || entries.contains(where: \.hasMarker) ? [] : shared
    }
}

/// One file, and what can be seen of it without parsing it. A class, because it is sorted and filtered: a copy of a struct
/// would count the references to ten strings and arrays.
private final class Entry: Sendable {
    let file: SourceFile
    let name: FileName
    let header: RevisionHeader
    let checksum: String

    init(_ file: SourceFile) {
        self.file = file
        name = FileName(file.name)
        header = RevisionHeader(of: name.isDown ? [] : file.bytes)
        checksum = name.isDown ? "" : Checksum.of(file.bytes)
    }

    var hasMarker: Bool { file.hasMarker }
}

extension SourceFile {
    /// Whether it seems to have a section marker, as a file of dbmate's.
    var hasMarker: Bool { bytes.firstRange(of: Array("migrate:up".utf8)) != nil }
}
