import Testing

@testable import Processes

@Suite struct ErrorLinesTests {
    private func lines(of chunks: [String], tailLimit: Int = 100) -> (observed: [String], tail: String) {
        var observed: [String] = []
        let tail = withoutActuallyEscaping({ observed.append($0) }) { observe in
            var lines = ErrorLines(tailLimit: tailLimit, observe: observe)
            for chunk in chunks { lines.append(Array(chunk.utf8)) }
            lines.finish()
            return lines.tail
        }
        return (observed, tail)
    }

    @Test func `a line may come in pieces`() {
        #expect(lines(of: ["a", "b\nc", "\n", "\nd"]).observed == ["ab", "c", "", "d"])
    }

    @Test func `control characters are written as their codes`() {
        let text = "\u{1B}[31mred\u{7}\ta\rb\u{9B}\u{2028}é\r\n"
        #expect(lines(of: [text]).observed == [#"\u{1B}[31mred\u{07}\ta\rb\u{009B}\u{2028}é"#])
    }

    @Test func `a long line is cut, and the next one is whole`() {
        let long = String(repeating: "x", count: 5000)
        let observed = lines(of: [long, long, "\nnext\n"]).observed
        #expect(observed == [String(repeating: "x", count: 2000) + "…", "next"])
    }

    @Test func `the tail begins with a whole line`() {
        #expect(lines(of: ["first\nsecond\nthird\n"], tailLimit: 12).tail == "second\nthird")
        #expect(lines(of: ["first\nsecond\nthird\n"], tailLimit: 11).tail == "third")
    }

    @Test func `of a last line longer than the tail its end is kept, in whole characters`() {
        #expect(lines(of: ["x\nabcé12\n"], tailLimit: 3).tail == "12")
        #expect(lines(of: ["x\nabcé12\n"], tailLimit: 4).tail == "é12")
    }
}
