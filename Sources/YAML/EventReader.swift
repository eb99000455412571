import CYAML

/// Reads a text as libyaml's events. It owns the parser.
struct EventReader: ~Copyable {
    /// What matters of an event.
    enum Event {
        case scalar(String, line: Int)
        case sequenceStart(line: Int)
        case sequenceEnd
        case mappingStart(line: Int)
        case mappingEnd
        case alias(line: Int)
        case streamEnd
        /// Starts and ends of documents and the stream.
        case frame
    }

    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let text: UnsafeMutablePointer<UInt8>

    /// - Parameter bytes: Copied, because libyaml keeps a pointer to its input.
    init(_ bytes: [UInt8]) {
        parser = .allocate(capacity: 1)
        text = .allocate(capacity: max(1, bytes.count))
        text.initialize(from: bytes, count: bytes.count)
        precondition(yaml_parser_initialize(parser) == 1, "out of memory")
        yaml_parser_set_input_string(parser, text, bytes.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        text.deallocate()
    }

    /// - Throws: `YAMLError` where the text is no YAML.
    borrowing func next() throws(YAMLError) -> Event {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else {
            let problem = parser.pointee.problem.map { String(cString: $0) } ?? "cannot be read"
            throw YAMLError(line: Int(parser.pointee.problem_mark.line) + 1, message: problem)
        }
        defer { yaml_event_delete(&event) }
        let line = Int(event.start_mark.line) + 1
        switch event.type {
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            return .scalar(String(decoding: bytes, as: UTF8.self), line: line)
        case YAML_SEQUENCE_START_EVENT: return .sequenceStart(line: line)
        case YAML_SEQUENCE_END_EVENT: return .sequenceEnd
        case YAML_MAPPING_START_EVENT: return .mappingStart(line: line)
        case YAML_MAPPING_END_EVENT: return .mappingEnd
        case YAML_ALIAS_EVENT: return .alias(line: line)
        case YAML_STREAM_END_EVENT: return .streamEnd
        default: return .frame
        }
    }
}
