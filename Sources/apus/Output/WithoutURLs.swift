/// The text with every URL cut off after its scheme: whichever it is, it may hold a password or be a secret itself.
func withoutURLs(_ text: Substring) -> String {
    guard let start = text.firstRange(of: "://")?.upperBound else { return String(text) }
    let rest = text[start...].drop { !$0.isWhitespace && $0 != "'" && $0 != "\"" }
    return text[..<start] + "***" + withoutURLs(rest)
}
