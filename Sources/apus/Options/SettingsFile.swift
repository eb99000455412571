import Engine

/// The text of a new `apus.yaml`: what `apus init` was told, and what one may want to add.
struct SettingsFile {
    let directories: [String]
    let template: String?

    var text: String {
        """
        # Settings of Apus, named like its options. Flags and environment variables win over this file.
        # Passwords do not belong here: see APUS_DATABASE_URL_FILE.
        migrations: \(directories.count == 1 ? quoted(directories[0]) : encoded(directories))
        \(template.map { "template: \(quoted($0))" } ?? "# template: template.sql")
        # post-write: [pg_format -i {}]
        # lock-timeout: 3s
        # statement-timeout: 15m

        """
    }
}

/// A text as YAML has it: in quotes, which are those of JSON, unless it is a simple path.
private func quoted(_ text: String) -> String {
    let isSimple =
        text.first?.isLetter == true && text.allSatisfy { $0.isLetter || "/._-0123456789".contains($0) }
    return isSimple ? text : encoded(text)
}
