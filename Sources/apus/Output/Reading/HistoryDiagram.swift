/// A history as a document for programs that draw: parents as lines, dependencies as dashed ones.
struct HistoryDiagram {
    /// Newest first.
    let entries: [RevisionEntry]
    /// What a name of a dependency means, if it is one.
    let resolve: (String) -> String?

    /// A flowchart of Mermaid. Its nodes have names of ours, because words such as `end` cannot be one.
    var mermaid: String {
        let names = Dictionary(
            uniqueKeysWithValues: entries.enumerated().map { ($1.revision, "r\(entries.count - $0)") }
        )
        func edge(_ from: String, _ to: String, _ arrow: String) -> String {
            "    \(names[from] ?? "") \(arrow) \(names[to] ?? "")"
        }
        var lines = ["flowchart TD"]
        for entry in entries.reversed() {
            let text = label(entry).map(mermaidText).joined(separator: "<br/>")
            lines.append("    \(names[entry.revision] ?? "")[\"\(text)\"]")
        }
        for (from, to) in lineage { lines.append(edge(from, to, "-->")) }
        for (from, to) in dependencies { lines.append(edge(from, to, "-.->")) }
        return lines.joined(separator: "\n")
    }

    /// A graph of Graphviz.
    var dot: String {
        var lines = ["digraph history {", "    node [shape=box, fontname=\"sans-serif\"];"]
        for entry in entries.reversed() {
            let text = label(entry).map(dotText).joined(separator: "\\n")
            lines.append("    \"\(dotText(entry.revision))\" [label=\"\(text)\"];")
        }
        for (from, to) in lineage { lines.append("    \"\(dotText(from))\" -> \"\(dotText(to))\";") }
        for (from, to) in dependencies {
            lines.append("    \"\(dotText(from))\" -> \"\(dotText(to))\" [style=dashed];")
        }
        return (lines + ["}"]).joined(separator: "\n")
    }

    // MARK: What both say

    private var lineage: [(String, String)] {
        edges { $0.parents }
    }

    private var dependencies: [(String, String)] {
        edges { $0.dependencies.compactMap(resolve) }
    }

    /// From the oldest on; only between revisions that are shown.
    private func edges(_ sources: (RevisionEntry) -> [String]) -> [(String, String)] {
        let shown = Set(entries.map(\.revision))
        return entries.reversed().flatMap { entry in
            sources(entry).filter { shown.contains($0) }.map { ($0, entry.revision) }
        }
    }

    private func label(_ entry: RevisionEntry) -> [String] {
        var lines = [entry.revision + (entry.current == true ? " (current)" : "")]
        if !entry.description.isEmpty { lines.append(entry.description) }
        if !entry.labels.isEmpty { lines.append("(\(entry.labels.joined(separator: ", ")))") }
        return lines
    }

    /// Everything that means something to Mermaid or to HTML, as the number of its character.
    private func mermaidText(_ text: String) -> String {
        harmless(text).unicodeScalars.reduce(into: "") { result, scalar in
            if "\"#&<>`;\\".unicodeScalars.contains(scalar) {
                result += "#\(scalar.value);"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
    }

    private func dotText(_ text: String) -> String {
        harmless(text).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    }
}
