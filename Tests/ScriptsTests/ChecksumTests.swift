import Testing

@testable import Scripts

@Suite struct ChecksumTests {
    private let text = "-- migrate:up\nSELECT 1;\n\n  SELECT 2;\n"

    @Test(arguments: [
        "\u{FEFF}-- migrate:up\nSELECT 1;\n\n  SELECT 2;\n",
        "-- migrate:up\r\nSELECT 1;\r\n\r\n  SELECT 2;\r\n",
        "-- migrate:up  \nSELECT 1;\t\n \n  SELECT 2;", "-- migrate:up\nSELECT 1;\n\n  SELECT 2;\n\n\n",
    ])
    func `what editors and checkouts change on their own does not count`(other: String) {
        #expect(Checksum.of(Array(other.utf8)) == Checksum.of(Array(text.utf8)))
    }

    @Test(arguments: [
        "-- migrate:up\nSELECT 1;\n\nSELECT 2;\n", "-- migrate:up\nSELECT 1;\n  SELECT 2;\n", "",
    ])
    func `anything else counts`(other: String) {
        #expect(Checksum.of(Array(other.utf8)) != Checksum.of(Array(text.utf8)))
    }
}
