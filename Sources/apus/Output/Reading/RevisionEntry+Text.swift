// The words are Alembic's: people read them, and scripts cut them at the first blank.
extension RevisionEntry {
    /// `a1 (needed) -> b2 (label) (head), title`.
    func line(_ style: Style) -> String {
        let needs = dependencies.isEmpty ? "" : " (\(list(dependencies)))"
        return "\(parentList)\(needs) -> \(name(style))\(title)"
    }

    /// `b2 (label) (head)`.
    func name(_ style: Style) -> String {
        ([style.yellow(harmless(revision))] + (labels.isEmpty ? [] : [style.green("(\(list(labels)))")])
            + marks(style))
            .joined(separator: " ")
    }

    /// `b2 (label) (head), title`.
    func titledName(_ style: Style) -> String { name(style) + title }

    /// What is left to say where lines are drawn: parents only when `drawn` does not hold all of them.
    func drawnLine(_ style: Style, allParentsDrawn: Bool) -> String {
        let parents = allParentsDrawn ? "" : "\(parentList) -> "
        let needs = dependencies.isEmpty ? "" : " (depends on \(list(dependencies)))"
        return "\(parents)\(name(style))\(needs)\(title)"
    }

    /// One fact a line, and then the comment at the top of the file.
    func details(_ style: Style) -> [String] {
        var lines = ["Rev: \(name(style))"]
        lines.append("\(merge_point ? "Merges" : "Parent"): \(parentList)")
        if !dependencies.isEmpty { lines.append("Also depends on: \(list(dependencies))") }
        if branch_point { lines.append("Branches into: \(list(children))") }
        if !branch_point, !children.isEmpty { lines.append("Followed by: \(list(children))") }
        if let applied_at { lines.append("Applied: \(applied_at)") }
        if applied == false { lines.append("Applied: no") }
        if let way_back { lines.append("Way back: \(way_back ? "yes" : "no")") }
        if let transaction { lines.append("Transaction: \(transaction)") }
        lines.append("Path: \(harmless(file))")
        return lines + [""] + text.map { $0.isEmpty ? "" : "    \(harmless($0))" } + [""]
    }

    private var title: String { description.isEmpty ? "" : ", \(harmless(description))" }

    private var text: [String] {
        let lines = comment ?? []
        return lines.isEmpty ? [description] : lines
    }

    private func marks(_ style: Style) -> [String] {
        var marks: [String] = []
        if head { marks.append(style.bold(depended_on ? "(effective head)" : "(head)")) }
        if current == true { marks.append(style.bold("(current)")) }
        if branch_point { marks.append("(branchpoint)") }
        if merge_point { marks.append("(mergepoint)") }
        return marks
    }

    private var parentList: String { parents.isEmpty ? "<base>" : list(parents) }

    private func list(_ names: [String]) -> String { harmless(names.joined(separator: ", ")) }
}
