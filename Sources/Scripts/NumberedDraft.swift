import Revisions

/// What the next file of a directory without headers is called and holds: that directory's own style goes on, so that the
/// tool it was made with keeps reading it.
package struct NumberedDraft: Sendable {
    package let fileName: String
    package let text = "-- migrate:up\n\n\n-- migrate:down\n\n"

    /// nil when the directory has files with headers, or none with numbers.
    ///
    /// - Parameters:
    ///   - now: Fourteen digits, such as `20261121030000`, for a directory whose numbers are moments.
    package init?(after migrations: MigrationSet, slug: String, now: String) {
        let all = migrations.all
        guard !all.isEmpty, all.allSatisfy({ !$0.hasHeader }), let last = all.last?.revision.id.rawValue
        else { return nil }
        let digits = last.prefix { $0.isASCII && $0.isNumber }
        guard let number = Int(digits), !digits.isEmpty else { return nil }
        let next = digits.count == now.count ? now : Self.padded(number + 1, to: digits.count)
        fileName = slug.isEmpty ? "\(next).sql" : "\(next)_\(slug).sql"
    }

    private static func padded(_ number: Int, to width: Int) -> String {
        String(repeating: "0", count: max(0, width - "\(number)".count)) + "\(number)"
    }
}
