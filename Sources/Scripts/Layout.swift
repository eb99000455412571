import Revisions

/// How the files of a directory make a history.
///
/// A file with a header tells its own place. Files without one follow each other in the order of their names: a directory
/// of dbmate's, or of numbered SQL files. `….up.sql` and `….down.sql` of the same name are one revision.
struct Layout {
    private(set) var revisions: [Revision] = []
    /// The files of each revision, in the same order.
    private(set) var files: [(up: SourceFile, down: SourceFile?)] = []
    /// Names that tell no place in a directory where others do (notes, seeds, a dumped schema), and ways back of nothing.
    private(set) var ignored: [String] = []

    private var previous: Revision.ID?

    /// - Throws: `ScriptError.withoutRevision` or `.flyway`.
    init(_ files: [SourceFile]) throws(ScriptError) {
        let ups = Self.inOrder(files.filter { !$0.name.isDown })
        let downs = WaysBack(files.filter(\.name.isDown), of: ups)
        let tellsPlaces = ups.contains { $0.header.isPresent || $0.name.isNumbered }
        try Self.checkFlyway(ups)
        let shared = Self.sharedNumbers(in: ups)
        revisions.reserveCapacity(ups.count)
        self.files.reserveCapacity(ups.count)
        for file in ups {
            guard file.header.isPresent || file.name.isNumbered || !tellsPlaces else {
                ignored.append(file.name.text)
                continue
            }
            revisions.append(try revision(of: file, besides: shared))
            self.files.append((up: file, down: downs[file]))
        }
        ignored += downs.left.map(\.name.text)
    }

    /// Beside Flyway's versions there may be files that it runs at other times.
    private static func checkFlyway(_ files: [SourceFile]) throws(ScriptError) {
        let named = files.filter(\.name.mayBeFlyway).compactMap { file in
            FlywayName(file.name).map { (file, $0.kind) }
        }
        guard named.contains(where: { $0.1 == .version }), let other = named.first(where: { $0.1 == .other })
        else {
            return
        }
        throw .flyway(file: other.0.path)
    }

    /// - Parameter shared: Numbers that several names begin with.
    private mutating func revision(of file: SourceFile, besides shared: Set<String>) throws(ScriptError)
        -> Revision
    {
        let id = Revision.ID(rawValue: file.header.id ?? file.name.revision(besides: shared))
        guard !id.rawValue.isEmpty else { throw .withoutRevision(file: file.path) }
        let parents = file.header.parents ?? (file.header.isPresent ? [] : previous.map { [$0] } ?? [])
        if !file.header.isPresent { previous = id }
        return Revision(
            id: id,
            parents: parents,
            dependencies: file.header.dependencies,
            labels: file.header.labels,
            file: file.path
        )
    }

    /// The way people read numbered files. Where dbmate's markers show that dbmate has run the directory, by name alone,
    /// byte for byte, as dbmate does. Most directories have names for which both are the same.
    private static func inOrder(_ files: [SourceFile]) -> [SourceFile] {
        let byBytes = files.sorted { $0.name.precedesByBytes($1.name) }
        let isNatural = zip(byBytes, byBytes.dropFirst()).allSatisfy { !$1.name.precedesNaturally($0.name) }
        if isNatural || byBytes.contains(where: \.hasMarker) { return byBytes }
        return byBytes.sorted { $0.name.precedesNaturally($1.name) }
    }

    /// Numbers that several plain files begin with. dbmate has no such thing, and neither have files with a header.
    private static func sharedNumbers(in files: [SourceFile]) -> Set<String> {
        var seen = Set<String>(minimumCapacity: files.count)
        var shared: Set<String> = []
        for file in files where !file.header.isPresent {
            let number = file.name.revision
            if !seen.insert(number).inserted { shared.insert(number) }
        }
        return shared.isEmpty || files.contains(where: \.hasMarker) ? [] : shared
    }
}
