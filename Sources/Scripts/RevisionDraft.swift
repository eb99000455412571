package import Revisions

/// A revision that is about to be written to a file.
package struct RevisionDraft: Sendable {
    package var id: Revision.ID
    package var message: String
    package var parents: [Revision.ID]
    package var labels: [String]
    package var dependencies: [String]
    /// As it is to stand in the header, such as `2026-11-21 03:00:00+00:00`.
    package var createDate: String

    package init(
        id: Revision.ID,
        message: String,
        parents: [Revision.ID],
        labels: [String],
        dependencies: [String],
        createDate: String
    ) {
        self.id = id
        self.message = message
        self.parents = parents
        self.labels = labels
        self.dependencies = dependencies
        self.createDate = createDate
    }

    /// `<revision>_<slug>.sql`.
    package var fileName: String {
        let slug = slug
        return slug.isEmpty ? "\(id).sql" : "\(id)_\(slug).sql"
    }

    /// The message in lower case, words joined by "_", at most 40 characters and cut between words.
    package var slug: String {
        let words = message.lowercased().split { !$0.isLetter && !$0.isNumber }
        var slug = ""
        for word in words {
            let longer = slug.isEmpty ? String(word.prefix(40)) : "\(slug)_\(word)"
            guard longer.count <= 40 else { break }
            slug = longer
        }
        return slug
    }

    /// The file's text: the template with its placeholders filled in. A line whose placeholder has no value is left out
    /// when it holds nothing but a name.
    package func text(template: String = RevisionDraft.template) -> String {
        let values = [
            "message": message, "revision": id.rawValue, "revises": list(parents.map(\.rawValue)),
            "create_date": createDate, "branch_labels": list(labels), "depends_on": list(dependencies),
        ]
        let optional = ["branch_labels", "depends_on"].filter { values[$0]?.isEmpty == true }
        let lines = template.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
            !optional.contains { line.contains("${\($0)}") }
        }
        return values.reduce(lines.joined(separator: "\n")) { $0.replacing("${\($1.key)}", with: $1.value) }
    }

    /// What a new file looks like. `--template` names another one.
    package static let template = """
        -- ${message}
        --
        -- Revision ID: ${revision}
        -- Revises: ${revises}
        -- Create Date: ${create_date}
        -- Branch Labels: ${branch_labels}
        -- Depends On: ${depends_on}

        -- migrate:up


        -- migrate:down


        """

    private func list(_ items: [String]) -> String { items.joined(separator: ", ") }
}
