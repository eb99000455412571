/// A YAML document that maps names to values or to lists of values: all that a configuration file needs. Parsed by libyaml.
package struct YAMLMapping: Sendable {
    package struct Entry: Sendable, Hashable {
        package let name: String
        /// One value, or the items of a list.
        package let values: [String]
        /// The line of the name, from 1.
        package let line: Int
    }

    /// In the order of the text.
    package private(set) var entries: [Entry] = []

    /// - Throws: `YAMLError` for what is no YAML, nested deeper, or named twice.
    package init(_ bytes: [UInt8]) throws(YAMLError) {
        let reader = EventReader(bytes)
        var isOpen = false
        while true {
            switch try reader.next() {
            case .streamEnd: return
            case .frame: continue
            case .mappingStart where !isOpen: isOpen = true
            case .mappingEnd: isOpen = false
            case .scalar(let name, let line) where isOpen: try add(name, line, reader)
            case .scalar("", _): continue
            case .scalar(_, let line), .sequenceStart(let line), .mappingStart(let line), .alias(let line):
                throw YAMLError(line: line, message: "expected \"name: value\"")
            case .sequenceEnd: continue
            }
        }
    }

    private mutating func add(_ name: String, _ line: Int, _ reader: borrowing EventReader) throws(YAMLError)
    {
        guard !entries.contains(where: { $0.name == name }) else {
            throw YAMLError(line: line, message: "\"\(name)\" is set twice")
        }
        entries.append(Entry(name: name, values: try Self.values(of: name, line, reader), line: line))
    }

    private static func values(
        of name: String,
        _ line: Int,
        _ reader: borrowing EventReader
    ) throws(YAMLError) -> [String] {
        switch try reader.next() {
        case .scalar(let value, _): return [value]
        case .sequenceStart: return try items(of: name, reader)
        default:
            throw YAMLError(
                line: line,
                message: "the value of \"\(name)\" is neither a text nor a list of texts"
            )
        }
    }

    private static func items(of name: String, _ reader: borrowing EventReader) throws(YAMLError) -> [String]
    {
        var items: [String] = []
        while true {
            switch try reader.next() {
            case .scalar(let item, _): items.append(item)
            case .sequenceEnd: return items
            case .mappingStart(let line), .sequenceStart(let line), .alias(let line):
                throw YAMLError(line: line, message: "an item of \"\(name)\" is not a text")
            default: continue
            }
        }
    }
}
