extension Template {
    static let builtIn = Template(builtIn: builtInText)

    /// What a new file holds unless a template is named: its place in the history, and both sections, still empty.
    package static let builtInText = """
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

    /// The same for a directory without headers whose files have markers.
    static let sections = Template(
        builtIn: """
            -- ${message}

            -- migrate:up


            -- migrate:down


            """
    )

    /// For a directory whose files have neither: another tool would run both sections, one after the other.
    static let plain = Template(
        builtIn: """
            -- ${message}


            """
    )
}
