import Testing

@testable import SQLText

@Suite struct RandomTextTests {
    @Test(arguments: 0..<16 as Range<UInt64>)
    func `any bytes give an error or ranges in order`(seed: UInt64) throws {
        var soup = TokenSoup(seed: seed)
        for _ in 0..<2000 {
            let text = SourceText(soup.nextBytes())
            guard let statements = try? StatementSplitter.split(text, in: 0..<text.bytes.count) else {
                continue
            }
            try expectOrder(statements, in: text)
        }
    }

    @Test(arguments: 0..<16 as Range<UInt64>)
    func `any markers give an error or sections in order`(seed: UInt64) throws {
        var soup = TokenSoup(seed: seed)
        for _ in 0..<500 {
            let up = soup.next()
            let text = SourceText(Array("-- migrate:up\n\(up)\n-- migrate:down\n\(soup.next())".utf8))
            guard let script = try? Script.parse(text) else { continue }
            var end = 0
            for section in script.sections {
                try #require(section.range.lowerBound >= end && section.range.upperBound <= text.bytes.count)
                end = section.range.upperBound
                let statements = try StatementSplitter.split(text, in: section.range)
                try expectOrder(statements, in: text)
            }
        }
    }

    @Test(arguments: 0..<4 as Range<UInt64>)
    func `a part that ends anywhere never reads further`(seed: UInt64) throws {
        var soup = TokenSoup(seed: seed)
        for _ in 0..<100 {
            let text = SourceText(Array(soup.next().utf8))
            for end in 0...text.bytes.count {
                let statements = try? StatementSplitter.split(text, in: 0..<end)
                try #require(statements?.last?.range.upperBound ?? 0 <= end)
            }
        }
    }

    private func expectOrder(_ statements: [Statement], in text: SourceText) throws {
        var end = 0
        for statement in statements {
            let rows = statement.copyData ?? statement.range.upperBound..<statement.range.upperBound
            try #require(!statement.range.isEmpty)
            try #require(statement.range.lowerBound >= end)
            try #require(rows.lowerBound >= statement.range.upperBound)
            end = rows.upperBound
        }
        try #require(end <= text.bytes.count)
    }
}
