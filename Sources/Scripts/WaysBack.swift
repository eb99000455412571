/// Which `.down.sql` belongs to which file.
struct WaysBack {
    /// Those that belong to none.
    private(set) var left: [SourceFile] = []
    private var files: [ObjectIdentifier: SourceFile] = [:]

    /// By the whole stem; else by the number, where one file alone has it, as golang-migrate does.
    init(_ downs: [SourceFile], of ups: [SourceFile]) {
        guard !downs.isEmpty else { return }
        let byStem = Dictionary(ups.map { ($0.name.stem, $0) }) { first, _ in first }
        for down in downs where byStem[down.name.stem] != nil { take(down, for: byStem[down.name.stem]) }
        let byNumber = Dictionary(grouping: ups.filter(\.name.isNumbered), by: \.name.revision)
        for down in downs where byStem[down.name.stem] == nil {
            let candidates = byNumber[down.name.revision] ?? []
            take(down, for: candidates.count == 1 ? candidates[0] : nil)
        }
    }

    subscript(up: SourceFile) -> SourceFile? { files[ObjectIdentifier(up)] }

    private mutating func take(_ down: SourceFile, for up: SourceFile?) {
        guard let up, files[ObjectIdentifier(up)] == nil else { return left.append(down) }
        files[ObjectIdentifier(up)] = down
    }
}
