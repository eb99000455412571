import Foundation
import Testing

@testable import apus

/// Histories as documents for Mermaid and Graphviz.
@Suite struct HistoryDiagramTests {
    private func entry(_ id: String, _ title: String, parents: [String] = [], needs: [String] = [])
        -> RevisionEntry
    {
        RevisionEntry(
            revision: id,
            description: title,
            file: "\(id).sql",
            parents: parents,
            dependencies: needs,
            labels: id == "end" ? ["a", "b"] : [],
            children: [],
            head: false,
            depended_on: false,
            branch_point: false,
            merge_point: false
        )
    }

    private let hostile = "a \"b\" [c] <d> & #9829; `e` \\n \\ ; %% -->\u{1B}[31m\nf"

    private var diagram: HistoryDiagram {
        let entries = [
            entry("z", hostile, parents: ["end", "gone"], needs: ["label"]), entry("end", "", parents: ["a"]),
            entry("a", "first"),
        ]
        return HistoryDiagram(entries: entries) { $0 == "label" ? "a" : nil }
    }

    @Test func `Mermaid gets names of ours, and titles without a character that means something`() {
        #expect(
            diagram.mermaid == """
                flowchart TD
                    r1["a<br/>first"]
                    r2["end<br/>(a, b)"]
                    r3["z<br/>a #34;b#34; [c] #60;d#62; #38; #35;9829#59; #96;e#96; #92;n #92; #59; %% --#62; [31m f"]
                    r1 --> r2
                    r2 --> r3
                    r1 -.-> r3
                """
        )
    }

    @Test func `Graphviz reads the graph as it was meant`() throws {
        #expect(diagram.dot.contains("\"a\" -> \"z\" [style=dashed];"))
        var reader = DotReader(diagram.dot)
        let graph = try reader.read()
        #expect(graph.edges == [["a", "end"], ["end", "z"], ["a", "z"]])
        #expect(graph.labels["end"] == "end\n(a, b)")
        #expect(
            graph.labels["z"] == "z\na \"b\" [c] <d> & #9829; `e` \\n \\ ; %% --> [31m f"
        )
    }
}

/// Reads what Graphviz would, of the part of its language that is written here: an error for all else.
private struct DotReader {
    struct Graph {
        var labels: [String: String] = [:]
        var edges: [[String]] = []
    }
    struct Surprise: Error { var rest: String }

    private var rest: Substring

    init(_ text: String) { rest = text[...] }

    mutating func read() throws -> Graph {
        var graph = Graph()
        try take("digraph", "history", "{", "node")
        _ = try attributes()
        try take(";")
        while !has("}") {
            var names = [try text()]
            while has("->") {
                try take("->")
                names.append(try text())
            }
            let attributes = has("[") ? try attributes() : [:]
            try take(";")
            if names.count > 1 {
                graph.edges.append(names)
            } else {
                graph.labels[names[0]] = shown(attributes)
            }
        }
        try take("}")
        guard rest.allSatisfy(\.isWhitespace) else { throw Surprise(rest: String(rest)) }
        return graph
    }

    /// What stands for what in a label.
    private func shown(_ attributes: [String: String]) -> String {
        var text = ""
        var characters = (attributes["label"] ?? "")[...]
        while let character = characters.popFirst() {
            guard character == "\\", let next = characters.popFirst() else {
                text.append(character)
                continue
            }
            text.append(next == "n" ? "\n" : next)
        }
        return text
    }

    private mutating func attributes() throws -> [String: String] {
        var found: [String: String] = [:]
        try take("[")
        while !has("]") {
            let name = try text()
            try take("=")
            found[name] = try text()
            if has(",") { try take(",") }
        }
        try take("]")
        return found
    }

    /// A name, or what stands between quotes: there a backslash protects a quote, and else stands for itself.
    private mutating func text() throws -> String {
        skip()
        guard rest.first == "\"" else {
            let name = rest.prefix { $0.isLetter || $0 == "_" }
            guard !name.isEmpty else { throw Surprise(rest: String(rest)) }
            rest.removeFirst(name.count)
            return String(name)
        }
        rest.removeFirst()
        var text = ""
        while let character = rest.popFirst(), character != "\"" {
            if character == "\\", rest.first == "\"" {
                text.append(rest.removeFirst())
            } else if character == "\\", rest.first == "\\" {
                text += "\\\\"
                rest.removeFirst()
            } else {
                text.append(character)
            }
        }
        return text
    }

    private mutating func has(_ word: String) -> Bool {
        skip()
        return rest.hasPrefix(word)
    }

    private mutating func take(_ words: String...) throws {
        for word in words {
            guard has(word) else { throw Surprise(rest: String(rest)) }
            rest.removeFirst(word.count)
        }
    }

    private mutating func skip() { rest = rest.drop { $0.isWhitespace } }
}
