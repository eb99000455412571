/// Text as Slack reads it.
///
/// Slack counts the characters that are sent, so an escaped `&` is five of them; they are Unicode scalars
/// (slack_sdk takes 150 emoji for 150). Only `&`, `<` and `>` are escaped, which also turns `<!channel>` into text.
enum SlackText {
    /// The text with Slack's three escapes, cut so that it holds at most `limit` scalars and never half an escape.
    static func escaped(_ text: String, limit: Int) -> String {
        fitted(text.unicodeScalars.map(escape), limit: limit)
    }

    /// The text in a block of fixed width, which no backtick inside can end.
    static func codeBlock(_ text: String, limit: Int) -> String {
        let fence = "```"
        let pieces = text.unicodeScalars.map { $0 == "`" ? "`\u{200B}" : escape($0) }
        return fence + fitted(pieces, limit: limit - 2 * fence.count) + fence
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "&": "&amp;"
        case "<": "&lt;"
        case ">": "&gt;"
        default: String(scalar)
        }
    }

    /// As many whole pieces as there is room for, with an ellipsis in the place of the others.
    private static func fitted(_ pieces: [String], limit: Int) -> String {
        let sizes = pieces.map(\.unicodeScalars.count)
        guard sizes.reduce(0, +) > limit else { return pieces.joined() }
        var room = limit - 1
        let fitting = zip(pieces, sizes).prefix { _, size in
            room -= size
            return room >= 0
        }
        return fitting.map(\.0).joined() + "…"
    }
}
