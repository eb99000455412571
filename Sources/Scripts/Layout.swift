import Revisions

/// How the files of a directory make a history.
///
/// A file with a header tells its own place. Files without one follow each other in the order of their names: a directory
/// of dbmate's, or of numbered SQL files. `…​.up.sql` and `….down.sql` of the same name are one revision.
struct Layout {
    private(set) var migrations: [Migration] = []
    /// Names that begin with no number in a directory where others do: notes, seeds, a dumped schema.
    private(set) var ignored: [String] = []

    private var previous: Revision.ID?

    /// - Throws: `ScriptError.withoutRevision`.
    init(_ files: [SourceFile]) throws(ScriptError) {
        let downs = files.filter { $0.name.hasSuffix(".down.sql") }
        let ups = files.filter { !$0.name.hasSuffix(".down.sql") }
        let headers = ups.map { RevisionHeader(of: $0.bytes) }
        let isNumbered = zip(ups, headers).contains { $0.isNumbered && !$1.isPresent }
        for position in Self.order(of: ups) {
            let (file, header) = (ups[position], headers[position])
            if isNumbered, !header.isPresent, !file.isNumbered {
                ignored.append(String(file.name))
                continue
            }
            let down = downs.first { $0.stem == file.stem && $0.path != file.path }
            migrations.append(try migration(file, header, down: down))
        }
    }

    private mutating func migration(
        _ file: SourceFile,
        _ header: RevisionHeader,
        down: SourceFile?
    ) throws(ScriptError) -> Migration {
        let id = header.id.map { Revision.ID(rawValue: $0) } ?? file.revisionID
        guard !id.rawValue.isEmpty else { throw .withoutRevision(file: file.path) }
        let parents =
            header.parents.map { $0.map { Revision.ID(rawValue: $0) } } ?? previous.map { [$0] } ?? []
        if !header.isPresent { previous = id }
        let revision = Revision(
            id: id,
            parents: parents,
            dependencies: header.dependencies,
            labels: header.labels,
            file: file.path
        )
        return Migration(revision: revision, title: header.title(or: file), up: file, down: down)
    }

    /// By number, then by name, the way people read numbered files. Where dbmate's markers show that dbmate has run the
    /// directory, by name alone, byte for byte, as dbmate does.
    private static func order(of files: [SourceFile]) -> [Int] {
        let byName = files.indices.sorted { files[$0].isBefore(files[$1]) }
        guard !files.contains(where: { $0.hasMarker }) else { return byName }
        return byName.enumerated().sorted {
            let (left, right) = (files[$0.element].number, files[$1.element].number)
            return left == right ? $0.offset < $1.offset : left.isNumericallyBefore(right)
        }.map(\.element)
    }
}

extension RevisionHeader {
    fileprivate func title(or file: SourceFile) -> String {
        if isPresent, let title { return title }
        return file.slug.isEmpty ? file.stem : file.slug.replacing("_", with: " ").replacing("-", with: " ")
    }
}

extension SourceFile {
    /// The digits the name begins with.
    fileprivate var number: Substring { name.prefix { $0.isASCII && $0.isNumber } }
    fileprivate var isNumbered: Bool { !number.isEmpty }

    /// The name without `.sql`, `.up.sql` or `.down.sql`.
    fileprivate var stem: String {
        for ending in [".up.sql", ".down.sql", ".sql"] where name.hasSuffix(ending) {
            return String(name.dropLast(ending.count))
        }
        return String(name)
    }

    /// The number, or what stands before the first "_" of a name without one.
    fileprivate var revisionID: Revision.ID {
        Revision.ID(rawValue: isNumbered ? String(number) : String(stem.prefix { $0 != "_" }))
    }

    /// The words after the revision.
    fileprivate var slug: String {
        String(stem.dropFirst(revisionID.rawValue.count).drop { "_-. ".contains($0) })
    }

    fileprivate func isBefore(_ other: SourceFile) -> Bool {
        name.utf8.lexicographicallyPrecedes(other.name.utf8)
    }

    /// Whether a line begins with a section marker.
    fileprivate var hasMarker: Bool {
        bytes.firstRange(of: Array("migrate:up".utf8)) != nil
    }
}

extension Substring {
    /// Compares digits of any length as numbers.
    fileprivate func isNumericallyBefore(_ other: Substring) -> Bool {
        let (left, right) = (drop { $0 == "0" }, other.drop { $0 == "0" })
        return left.count == right.count ? left < right : left.count < right.count
    }
}
