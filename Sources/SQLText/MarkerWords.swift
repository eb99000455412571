/// The words of a marker line, separated by white space.
struct MarkerWords: Sequence, IteratorProtocol {
    private let text: SourceText
    private var rest: Range<Int>

    init(_ text: SourceText, in range: Range<Int>) {
        self.text = text
        rest = range
    }

    mutating func next() -> Range<Int>? {
        let bytes = text.bytes[rest].drop(while: \.isSpace)
        guard !bytes.isEmpty else { return nil }
        let word = bytes.prefix { !$0.isSpace }
        rest = word.endIndex..<rest.upperBound
        return word.indices
    }
}
