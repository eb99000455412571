/// An endpoint's text, taken apart: `kind+` before the vendor's URL, `#` and options behind it.
struct EndpointText {
    let kind: EndpointKind
    let url: String
    let fragment: String?

    init(_ text: String) throws(EndpointError) {
        // A line break would start a header of its own, a NUL would end the URL early.
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { throw .malformedURL }
        let halves = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let (kind, url) = try splitKind(from: halves[0])
        self.kind = kind
        self.url = String(url)
        fragment = halves.count == 2 ? String(halves[1]) : nil
    }
}

/// Only a plus sign inside the scheme ends a kind: anywhere later it belongs to the vendor's URL.
private func splitKind(from text: Substring) throws(EndpointError) -> (EndpointKind, Substring) {
    guard let colon = text.firstIndex(of: ":") else { throw .malformedURL }
    // libcurl forgives a missing or a third slash, and would take the path for the host.
    guard text[colon...].hasPrefix("://"), !text[colon...].hasPrefix(":///") else { throw .malformedURL }
    guard let plus = text[..<colon].firstIndex(of: "+") else { return (.json, text) }
    let name = text[..<plus].lowercased()
    guard let kind = EndpointKind.all.first(where: { $0.name == name }) else {
        throw isHarmless(name) ? .unknownKind(name) : .malformedURL
    }
    return (kind, text[plus...].dropFirst())
}

/// Whether this looks like a kind that somebody misspelt, rather than like a part of something secret.
private func isHarmless(_ name: String) -> Bool {
    name.utf8.count <= 20 && name.allSatisfy { $0.isASCII && ($0.isLetter || $0 == "-") }
}
