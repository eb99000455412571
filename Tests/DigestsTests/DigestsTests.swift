import Testing

@testable import Digests

@Suite struct DigestsTests {
    @Test func `SHA-256 of "abc" is the vector of FIPS 180-2`() {
        let digest = SHA256.digest(of: Array("abc".utf8)).span.hex
        #expect(digest == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test func `SHA-256 of nothing is defined`() {
        let digest = SHA256.digest(of: []).span.hex
        #expect(digest == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }

    @Test func `HMAC-SHA-256 is test case 2 of RFC 4231`() {
        let code = HMACSHA256.code(for: Array("what do ya want for nothing?".utf8), key: Array("Jefe".utf8))
        #expect(code.span.hex == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    }
}
