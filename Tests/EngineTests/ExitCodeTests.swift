import Testing

@testable import Engine

@Suite struct ExitCodeTests {
    @Test func `the table has the codes that manifests rely on`() {
        #expect(
            ExitCode.allCases.map(\.rawValue) == [
                0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 64, 65, 66, 69, 70, 74, 75, 77, 78, 130, 143,
            ]
        )
    }

    @Test func `running again helps where the world may change by itself, and nowhere else`() {
        let helped = ExitCode.allCases.filter { $0.facts.retryHelps == true }
        #expect(helped == [.unavailable, .connectionLost, .temporary, .interrupted, .terminated])
        #expect(ExitCode.allCases.filter { $0.facts.retryHelps == nil } == [.error])
    }

    @Test func `names and reasons are unique and in their form`() {
        let names = ExitCode.allCases.map(\.name)
        let reasons = ExitCode.allCases.map(\.facts.reason)
        #expect(Set(names).count == names.count && Set(reasons).count == reasons.count)
        #expect(names.allSatisfy { $0.allSatisfy { $0.isLowercase || $0 == "_" } })
        #expect(reasons.allSatisfy { $0.first?.isUppercase == true && $0.allSatisfy(\.isLetter) })
        #expect(ExitCode.migrationFailed.name == "migration_failed")
    }

    @Test func `every code says what to do`() {
        for code in ExitCode.allCases {
            #expect(code.facts.next.hasSuffix("."))
            #expect(!code.facts.meaning.isEmpty)
        }
    }
}
